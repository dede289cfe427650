"""JSON for people: what is short stands in one line."""

import json

WIDEST = 118


def laid_out(value, widest: int = WIDEST, indent: int = 0, before: int = 0) -> str:
    """``before`` is how much stands in the same line already."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or before + len(flat) <= widest:
        return flat
    inner, pairs = " " * (indent + 1), isinstance(value, dict)
    lines = []
    for key, each in value.items() if pairs else enumerate(value):
        label = f"{json.dumps(key, ensure_ascii=False)}: " if pairs else ""
        lines.append(f"{inner}{label}{laid_out(each, widest, indent + 1, len(inner) + len(label) + 1)}")
    start, end = "{}" if pairs else "[]"
    return "\n".join([start, ",\n".join(lines), " " * indent + end])
