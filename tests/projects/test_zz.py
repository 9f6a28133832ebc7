from sqlalchemy import event
from qitracker.models import db
def test_q(world, browser):
    p=world.project(); c=browser(world.lead); c.get(f"/projects/{p.id}/")
    asked=[]
    e=db.engine
    event.listen(e,"before_cursor_execute", lambda *a: asked.append(a[2]))
    c.get(f"/projects/{p.id}/")
    for q in asked: print(len(q), q.replace("\n"," ")[q.find("FROM")-0:][:150])
    print(len(asked)); assert 0
