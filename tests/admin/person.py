"""A person at a browser of her own, who reads the labels and the words on the buttons."""

import re
from dataclasses import dataclass

from django.contrib.auth.models import User

from registry.vocabulary.role import Role
from tests import build
from tests.admin.phone import code_of, give_phone, key_on
from tests.watched import Watched

PASSWORD = "một mật khẩu dài"


@dataclass
class Person:
    watched: Watched
    name: str

    @property
    def page(self):
        return self.watched.page

    def goes(self, path: str) -> "Person":
        self.page.goto(f"{self.watched.site}{path}")
        return self

    def follows(self, link: str) -> "Person":
        """The first link of this name."""
        self.watched.leaves_by(self.page.get_by_role("link", name=link, exact=True).first)
        return self

    def presses(self, button: str) -> "Person":
        self.watched.leaves_by(self.page.get_by_role("button", name=button, exact=True).first)
        return self

    def searches(self, words: str) -> "Person":
        """In the box at the top of every page; a code leads straight to its record."""
        self.page.get_by_role("searchbox", name="Tìm bản ghi theo tên hoặc mã").fill(words)
        return self.presses("Tìm")

    def fills(self, fields: dict[str, str]) -> "Person":
        """Each field by its label; one with a list takes the choice of that name."""
        for label, value in fields.items():
            field = self.field(label)
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        return self

    def finds(self, label: str, words: str, name: str) -> "Person":
        """In a field that searches: these words, then the record of this name."""
        select = self.field(label)
        select.locator("xpath=following-sibling::span[contains(@class, 'select2')]").locator(
            ".select2-selection").click()
        self.page.locator(".select2-container--open .select2-search__field").fill(words)
        self.page.locator(".select2-results__option", has_text=name).first.click()
        return self

    def field(self, label: str):
        """The input, list or text of the first label of these words."""
        words = re.compile(rf"^\s*{re.escape(label)}:?\s*$")
        return self.page.locator(f"#{self.page.locator('label', has_text=words).first.get_attribute('for')}")

    def reads(self, *words: str) -> "Person":
        text = " ".join(self.page.locator("main").inner_text().split())
        for each in words:
            assert each in text, f"“{each}” is not on {self.page.url}:\n{text}"
        return self

    def looks(self) -> "Person":
        self.watched.look()
        return self

    def signs_in(self, code: str, *, following: str = "/admin/") -> "Person":
        """With name and password, then the code of a phone."""
        self.gives_password(following)
        self.page.wait_for_url("**/second-factor/check/**")
        return self.gives_code(code)

    def gives_password(self, following: str = "/admin/") -> "Person":
        self.goes(f"/admin/login/?next={following}")
        self.page.fill("#id_username", self.name)
        self.page.fill("#id_password", PASSWORD)
        return self.presses("Đăng nhập")

    def gives_code(self, code: str) -> "Person":
        self.page.fill("#id_code", code)
        self.watched.leaves_by(self.page.locator("#code-form [type=submit]"))
        return self

    def signs_out(self) -> "Person":
        return self.presses("Đăng xuất")

    def takes_a_phone(self) -> bytes:
        """From the page that asks for it; the key that is now on the phone."""
        key = key_on(self.page.content())
        self.gives_code(code_of(key))
        return key


def a_person(new_context, site: str, name: str, *roles: Role, width: int) -> Person:
    """Somebody with an account and these roles, who has a browser of her own."""
    build.make_officer(name, *roles, password=PASSWORD)
    return Person(Watched(new_context(viewport={"width": width, "height": 900}).new_page(), site, width), name)


def at_the_desk(new_context, site: str, name: str, *roles: Role, width: int) -> Person:
    """Somebody who has signed in with the phone that she has had for long."""
    person = a_person(new_context, site, name, *roles, width=width)
    key, _codes = give_phone(User.objects.get(username=name))
    return person.signs_in(code_of(key))
