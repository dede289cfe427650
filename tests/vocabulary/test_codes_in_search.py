"""A code of the register is one word of a search: its number alone belongs to many kinds."""

from registry.vocabulary.vietnamese import search_text, search_words


def found(query: str, text: str) -> bool:
    folded = search_text(text).folded
    return all(any(f" {token}" in folded for token in word.alternatives) for word in search_words(query))


def test_a_code_finds_itself_in_either_case():
    assert found("BN-000001", "BN-000001 Nhà máy") and found("bn-000001", "BN-000001 Nhà máy")


def test_a_code_is_not_found_in_the_parts_of_others():
    assert not found("ENT-000002", "BN-000009 ENT-000001 INV-000002")


def test_the_beginning_of_a_code_is_found():
    assert found("BN-0000", "BN-000001 Nhà máy") and found("000001", "BN-000001 Nhà máy")
