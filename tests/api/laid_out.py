"""JSON for people who read differences: what is short stands in one line."""

import json

WIDEST = 118


def laid_out(value, indent: int = 0, before: int = 0) -> str:
    """``before`` is what stands in the same line already."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or before + len(flat) <= WIDEST:
        return flat
    inner, pairs = " " * (indent + 1), isinstance(value, dict)
    lines = []
    for key, each in value.items() if pairs else enumerate(value):
        label = f"{json.dumps(key, ensure_ascii=False)}: " if pairs else ""
        lines.append(f"{inner}{label}{laid_out(each, indent + 1, len(inner) + len(label) + 1)}")
    start, end = "{}" if pairs else "[]"
    return "\n".join([start, ",\n".join(lines), " " * indent + end])
