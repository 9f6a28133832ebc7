"""Charts: an analysis in, a picture and its sentence out.

This room knows how numbers look and what they say in plain words. It knows no database and no web
framework: values go in, specifications, SVG, PNG and sentences come out.

- ``palette``         what each meaning looks like: colour, shape, word
- ``numbers``         how a number is written
- ``periods``         how a date is written
- ``words``           what a chart says: the finding, its rules, its cautions
- ``spc_chart``       the chart as a Vega-Lite specification, for a wide page and for a phone
- ``kind_pictures``   each kind of chart in small, to choose by
- ``rule_sets``       whose rules a chart may go by
- ``close_words``     what the latest number leaves open
- ``time_words``      how long it takes to see that an aim is reached
- ``funnel_chart``    places of different size beside each other, and ``funnel_words`` what that says
- ``picture``         a specification as SVG or PNG
- ``sparkline``       the small chart for lists
- ``driver_diagram``  aim, drivers and change ideas as a picture
- ``impact_effort``   ideas by impact and effort as a picture
"""
