import csv, pytest
pytestmark = pytest.mark.django_db
KIND={"company":"enterprise","province":"place"}
def test_x(press, api):
    rows={r["reference"]:r for r in api.rows("statements/", page_size=500) if r["reference"]}
    n=0
    for f in csv.DictReader(open("/work/shared/reference/press_facts.csv")):
        r=rows[f["fact_id"]]
        exp=dict(attribute=f["attribute"],value=f["value"],unit=f["unit"],qualifier=f["qualifier"] or None,reality=f["reality"] or "actual",locator="paragraph "+f["paragraph"])
        for k,v in exp.items():
            if r[k]!=v: print("DIFF",f["fact_id"],k,repr(v),repr(r[k]))
        d=r["date"]
        if (d and d["earliest"] or "", d and d["latest"] or "")!=(f["earliest"],f["latest"]): print("DATE",f["fact_id"],f["earliest"],f["latest"],d)
        if (r["period_words"] or "")!=f["period_words"]: print("WORDS",f["fact_id"],repr(f["period_words"]),r["period_words"])
        sk=KIND.get(f["subject_kind"],f["subject_kind"])
        if sk!=r["subject"]["kind"]: print("SUBJ",f["fact_id"],f["subject_kind"],f["subject"],r["subject"],f["attribute"])
        if r["subject"]["code"] is None: print("NULL",f["fact_id"],f["subject_kind"],f["subject"],r["subject"]["name"])
        n+=1
    print(n)
