#!/usr/bin/env python3
"""Keep a mirror of the FDI register of Bắc Ninh in an SQLite file, in step with the register.

    python3 bacninh_mirror.py https://fdi.example.vn mirror.sqlite3                 once, then end
    python3 bacninh_mirror.py https://fdi.example.vn mirror.sqlite3 --every 300     for ever, every five minutes
    python3 bacninh_mirror.py https://fdi.example.vn mirror.sqlite3 --check         is it the register, row for row?

Python 3.9 or newer, nothing else. A key, if you have one, stands in the environment: BACNINH_API_KEY.

It begins with the newest dump and then follows the change feed. Each page of the feed is written in one transaction
with the number up to which it has read: whenever it is stopped, it goes on where it was. Where the feed is gone (410)
it begins again with the dump. The table ``records`` has one row for each public record: kind, code, and the document
that the API gives of it, as JSON.
"""

import argparse
import gzip
import hashlib
import json
import os
import sqlite3
import sys
import time
import urllib.error
import urllib.request

PAGE = 500
TRIES = 6
WAITS_SECONDS = 60
TABLES = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS records (kind TEXT NOT NULL, code TEXT NOT NULL, document TEXT NOT NULL,
                                    PRIMARY KEY (kind, code)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS named_in (kind TEXT NOT NULL, code TEXT NOT NULL,
                                     by_kind TEXT NOT NULL, by_code TEXT NOT NULL,
                                     PRIMARY KEY (kind, code, by_kind, by_code)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS named_by ON named_in (by_kind, by_code);
"""


class FeedGone(Exception):
    """The feed has nothing after our number: the register was restored, or the number is too old."""


class Damaged(Exception):
    """What was downloaded is not what the register has."""


class NoAddress(Exception):
    """What was given is no address of a site."""


class Site:
    """The register's API as this program asks it: patiently, with the key, in Vietnamese."""

    def __init__(self, address, key="", tell=lambda words: None, sleep=time.sleep):
        self.api = address.rstrip("/") + "/api/v1/"
        self._headers = {"Accept-Language": "vi", "User-Agent": "bacninh-mirror/1"}
        if key:
            self._headers["Authorization"] = "Bearer " + key
        self._tell, self._sleep = tell, sleep

    def json(self, address, etag=""):
        """What an address answers, and its ETag; (None, etag) where nothing has changed since that tag."""
        headers = {"Accept-Encoding": "gzip", **({"If-None-Match": etag} if etag else {})}
        try:
            with self.open(address, headers) as answer:
                return read(answer), answer.headers.get("ETag", "")
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return None, etag
            raise

    def open(self, address, headers=None):
        """An answer, after as many tries as it takes: 429 waits as long as it says, trouble on the way twice as long
        each time."""
        request = urllib.request.Request(address, headers={**self._headers, **(headers or {})})
        for number in range(TRIES):
            try:
                return urllib.request.urlopen(request, timeout=WAITS_SECONDS)
            except urllib.error.HTTPError as error:
                if error.code == 410:
                    raise FeedGone(read(error).get("detail", "")) from error
                if error.code != 429 and error.code < 500:
                    raise
                seconds = float(error.headers.get("Retry-After") or 2 ** number)
                if number == TRIES - 1:
                    raise
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                seconds = 2 ** number
                if number == TRIES - 1:
                    raise
            self._tell(f"waiting {seconds:g} s for {address}")
            self._sleep(seconds)


class Mirror:
    def __init__(self, path, site, tell=lambda words: None):
        self.site, self._tell = site, tell
        self.db = sqlite3.connect(path, isolation_level=None, timeout=60)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.executescript(TABLES)
        self._known_copies = None

    # What the mirror knows of itself.

    def _state(self, name):
        row = self.db.execute("SELECT value FROM state WHERE name = ?", [name]).fetchone()
        return row[0] if row else ""

    def _remember(self, **values):
        self.db.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", [(k, str(v)) for k, v in values.items()])

    @property
    def after(self):
        """The number of the last change that the mirror has; -1 before it has anything."""
        return int(self._state("after") or -1)

    # The two ways of a record into the mirror.

    def update(self):
        """Bring the mirror to the register's head; return how many changes that took."""
        if self.after < 0:
            self.start()
        try:
            return self.follow()
        except FeedGone as error:
            self._tell(f"starting again: {error}")
        self.start()
        try:
            return self.follow()
        except FeedGone:
            # The register is older than its own dump: it was restored, and has published none since.
            self.start(from_dump=False)
            return self.follow()

    def start(self, from_dump=True):
        """Everything anew, from the newest dump, or from the first change where there is none."""
        newest = self.newest_dump() if from_dump else None
        self.read_copies()
        with Transaction(self.db):
            self.db.execute("DELETE FROM records")
            self.db.execute("DELETE FROM named_in")
            for file in newest["files"] if newest else []:
                if file["format"] == "ndjson":
                    self._load(file)
            self._remember(after=newest["change"] if newest else 0, dump=newest["name"] if newest else "", etag="")

    def newest_dump(self):
        """What the register says of its newest dump; None while there is none."""
        dumps = self.site.json(self.site.api + "dumps/")[0]["results"]
        return next((each for each in dumps if each["latest"]), None)

    def _load(self, file):
        count = 0
        for document in self.lines(file):
            self._put(file["kind"], document)
            count += 1
        self._tell(f"{file['name']}: {count}")

    def lines(self, file):
        """The records of a file of a dump. Raises Damaged at its end where it is not the whole file."""
        digest, size, rows = hashlib.sha256(), 0, 0
        with self.site.open(file["url"]) as answer:
            for line in answer:
                digest.update(line)
                size += len(line)
                rows += 1
                yield json.loads(line)
        if (digest.hexdigest(), size, rows) != (file["sha256"], file["bytes"], file["rows"]):
            raise Damaged(f"{file['url']}: {size} of {file['bytes']} bytes, {rows} of {file['rows']} rows")

    def follow(self):
        """Read the feed to its head; return how many changes there were. Raises FeedGone."""
        count = 0
        while True:
            address = f"{self.site.api}changes/?after={self.after}&page_size={PAGE}"
            page, etag = self.site.json(address, self._state("etag"))
            if page is None:
                return count
            if not count:  # the same release of the register answers the same tag, and so has the same schema
                self.read_copies()
            count += len(page["results"])
            with Transaction(self.db):
                for event in page["results"]:
                    self._apply(event)
                last = page["results"][-1]["seq"] if page["next"] else page["head"]
                # The tag is of this address: where the number moves on, there is none yet.
                self._remember(etag=etag if last == self.after else "", after=last)
            if not page["next"]:
                return count

    def _apply(self, event):
        kind, code, document = event["kind"], event["code"], event["record"]
        if document is None:
            self.db.execute("DELETE FROM records WHERE kind = ? AND code = ?", [kind, code])
            self.db.execute("DELETE FROM named_in WHERE by_kind = ? AND by_code = ?", [kind, code])
            return
        before = self.document(kind, code)
        self._put(kind, document)
        if before != document:
            self._rename(kind, document)

    def document(self, kind, code):
        row = self.db.execute("SELECT document FROM records WHERE kind = ? AND code = ?", [kind, code]).fetchone()
        return json.loads(row[0]) if row else None

    def _put(self, kind, document):
        code = document["code"]
        self.db.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)",
                        [kind, code, json.dumps(document, ensure_ascii=False)])
        self.db.execute("DELETE FROM named_in WHERE by_kind = ? AND by_code = ?", [kind, code])
        self.db.executemany("INSERT OR IGNORE INTO named_in VALUES (?, ?, ?, ?)",
                            [(to, named, kind, code) for to, named, _part, _keys in self._parts(kind, document)])

    # A record is named in others: a renamed investor is one change, and its projects carry its name.

    def _rename(self, kind, document):
        """Carry a record's name into the documents that name it."""
        for by_kind, by_code in self.db.execute("SELECT by_kind, by_code FROM named_in WHERE kind = ? AND code = ?",
                                                [kind, document["code"]]).fetchall():
            other = self.document(by_kind, by_code)
            for to, named, part, keys in self._parts(by_kind, other):
                if (to, named) == (kind, document["code"]):
                    part.update((key, document[key]) for key in keys)
            self.db.execute("UPDATE records SET document = ? WHERE kind = ? AND code = ?",
                            [json.dumps(other, ensure_ascii=False), by_kind, by_code])

    def _parts(self, kind, document):
        """Where a document names other records: (kind and code of the other, the part that names it, what it
        copies)."""
        for copy in self.copies.get(kind, []):
            there = document[copy["at"]]
            for part in there if isinstance(there, list) else [there]:
                code = [part[key] for key in copy.get("code", ["code"])] if part else [None]
                if all(code):
                    yield copy.get("kind") or part["kind"], "-".join(code), part, copy["keys"]

    @property
    def copies(self):
        """What the API's schema says of each kind: which parts of its document are copied from which other records."""
        if self._known_copies is None:
            self._known_copies = json.loads(self._state("copied_parts") or "{}")
        return self._known_copies

    def read_copies(self):
        """Ask the schema for them, by its tag. Where it says otherwise than before, an earlier release of the register
        or of this program has missed names: who names whom is found anew, and every name carried over again."""
        schema, etag = self.site.json(self.site.api + "openapi.json", self._state("schema_etag"))
        if schema is None:
            return
        schemas = schema["components"]["schemas"].values()
        found = {each["x-kind"]: each["x-copies"] for each in schemas if "x-kind" in each}
        with Transaction(self.db):
            before, self._known_copies = self._state("copied_parts"), found
            if json.dumps(found) != before:
                self._carry_everything()
            self._remember(copied_parts=json.dumps(found), schema_etag=etag)

    def _carry_everything(self):
        for kind, code in self.db.execute("SELECT kind, code FROM records").fetchall():
            document = self.document(kind, code)
            for to, named, part, keys in self._parts(kind, document):
                other = self.document(to, named)
                if other:
                    part.update((key, other[key]) for key in keys)
            self._put(kind, document)

    # Whether it is right.

    def differences(self):
        """Every record that is not here as it is in the newest dump, brought to the register's head: (kind, code). Of
        sums as of another day the day differs and nothing is said. Raises Damaged where there is nothing to say."""
        if self.newest_dump() is None:
            raise Damaged("the register has published no dump yet: there is nothing to compare with")
        other = Mirror("", self.site, self._tell)  # a file of SQLite's own, gone when it is closed
        try:
            other.start()
            other.follow()
            if other.after != self.after:
                raise Damaged(f"the mirror stands at {self.after}, the register at {other.after}: update first")
            here = set(self.db.execute("SELECT kind, code FROM records"))
            for kind, code, document in other.db.execute("SELECT kind, code, document FROM records"):
                if (kind, code) not in here or not same(self.document(kind, code), json.loads(document)):
                    yield kind, code
                here.discard((kind, code))
            yield from sorted(here)
        finally:
            other.db.close()


class Transaction:
    """All of it or nothing, for everything inside."""

    def __init__(self, db):
        self._db = db

    def __enter__(self):
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind, error, trace):
        self._db.execute("ROLLBACK" if kind else "COMMIT")


def read(answer):
    """The JSON of an answer, which may be compressed."""
    data = answer.read()
    return json.loads(gzip.decompress(data) if answer.headers.get("Content-Encoding") == "gzip" else data)


def same(one, other):
    if one.get("capital") and one["capital"]["as_of"] != other["capital"]["as_of"]:
        one, other = ({**each, "capital": None} for each in (one, other))
    return one == other


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site", help="where the register is, as https://fdi.example.vn")
    parser.add_argument("file", help="the mirror, an SQLite file; made where it is missing")
    parser.add_argument("--every", type=float, metavar="SECONDS", help="go on for ever, asking this often")
    parser.add_argument("--check", action="store_true",
                        help="compare with the newest dump and the feed after it; exit 1 where it differs, "
                             "2 where that cannot be said")
    given = parser.parse_args(arguments)
    try:
        return run(given)
    except (urllib.error.URLError, json.JSONDecodeError, sqlite3.DatabaseError, NoAddress) as error:
        print(what_to_do(error, given), file=sys.stderr)
        return 2 if given.check else 1


def what_to_do(error, given):
    """One line of what ended the program, and of the way out."""
    if isinstance(error, sqlite3.DatabaseError):
        return f"{given.file} cannot be used as a mirror ({error}): name another file"
    if getattr(error, "code", None) in (401, 403):
        return f"{given.site} refuses the key ({error.code}): put a valid one into BACNINH_API_KEY, or none"
    if isinstance(error, urllib.error.HTTPError) and error.code != 404:
        return f"{error.url} answers {error.code} {error.reason}: try again later"
    if isinstance(error, urllib.error.URLError) and not isinstance(error, urllib.error.HTTPError):
        return f"{given.site} cannot be reached ({error.reason}): check the address and the network"
    return f"{given.site} has no register ({error}): give the address of the site alone, as https://fdi.example.vn"


def run(given):
    if not given.site.startswith(("https://", "http://")):
        raise NoAddress("no http:// or https://")

    def tell(words):
        print(words, file=sys.stderr, flush=True)

    mirror = Mirror(given.file, Site(given.site, os.environ.get("BACNINH_API_KEY", ""), tell), tell)
    if given.check:
        count = 0
        try:
            for kind, code in mirror.differences():
                print(kind, code)
                count += 1
        except Damaged as error:
            print(error, file=sys.stderr)
            return 2
        print(f"{count} differ")
        return 1 if count else 0
    while True:
        count = mirror.update()
        print(f"{count} changes, at {mirror.after}", flush=True)
        if given.every is None:
            return 0
        time.sleep(given.every)


if __name__ == "__main__":
    sys.exit(main())
