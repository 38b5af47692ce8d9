"""Planner and critic on language models: what they are told, and what is made of what they write. Pure.

========= ====================================================================================
prompt     files with places for words and pictures (prompts/*.md, or a user's own)
asking     the questions, as values
dialects   in which form a model is asked to answer
wire       the fields of an answer, and the JSON Schema that holds a model to them
notation   data as models write it: JSON, Python, and what is almost one of them
reading    from a text to the fields, or a fault that says what is wrong
plans      from the fields to a plan that can be drawn
verdicts   from the fields to a verdict with marks
========= ====================================================================================
"""
