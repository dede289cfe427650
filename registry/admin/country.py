"""Countries at the officers' door."""

from .named import NamedAdmin


class CountryAdmin(NamedAdmin):
    asks_code = True
    fieldsets = ((None, {"fields": ["code", "name", "name_en", "printed", "aliases"]}),)
    list_display = ("code", "named", "name_en", "printed")
