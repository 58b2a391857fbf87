"""The policies, one file per noun: each function says in words who may do something and who may not."""
