"""Mail as rows, written with what they tell and sent later."""
