"""Writes the report as PBIR, Microsoft's JSON of a report: a folder a page and visual."""

SCHEMAS = "https://developer.microsoft.com/json-schemas/fabric/item/report/definition"
# What Power BI Desktop of the month in model.yaml writes.
VERSIONS = {
    "report": "3.3.0",
    "page": "2.1.0",
    "pagesMetadata": "1.1.0",
    "versionMetadata": "1.0.0",
    "visualContainer": "2.9.0",
    "visualContainerMobileState": "2.4.0",
}
THEME = "Autopulse.json"
PAGE = (1280, 720)
PHONE = 324
GAP = 8
# Heights on a phone.
HEIGHTS = {"slicer": 80, "card": 96}


def schema(kind):
    return f"{SCHEMAS}/{kind}/{VERSIONS[kind]}/schema.json"


def files(spec):
    """Returns the objects of the report's folder by their paths."""
    pages = spec.report["pages"]
    made = {
        "version.json": {"$schema": schema("versionMetadata"), "version": "2.0.0"},
        "report.json": report(),
        "pages/pages.json": {
            "$schema": schema("pagesMetadata"),
            "pageOrder": [page["name"] for page in pages],
            "activePageName": pages[0]["name"],
        },
    }
    for page in pages:
        made[f"pages/{page['name']}/page.json"] = page_of(spec, page)
        below = 0
        for order, visual in enumerate(page["visuals"]):
            folder = f"pages/{page['name']}/visuals/{visual['name']}"
            made[f"{folder}/visual.json"] = visual_of(spec, visual, order)
            height = HEIGHTS.get(visual["type"], 240)
            made[f"{folder}/mobile.json"] = mobile(below, height, order)
            below += height + GAP
    return made


def report():
    version = {"visual": VERSIONS["visualContainer"], "report": VERSIONS["report"], "page": VERSIONS["page"]}
    return {
        "$schema": schema("report"),
        "themeCollection": {
            "baseTheme": {
                "name": "CY24SU10",
                "reportVersionAtImport": {"visual": "1.8.50", "report": "2.0.50", "page": "1.3.50"},
                "type": "SharedResources",
            },
            "customTheme": {"name": THEME, "reportVersionAtImport": version, "type": "RegisteredResources"},
        },
        "resourcePackages": [
            {
                "name": "RegisteredResources",
                "type": "RegisteredResources",
                "items": [{"name": THEME, "path": THEME, "type": "CustomTheme"}],
            }
        ],
        "settings": {"useEnhancedTooltips": True, "exportDataMode": "AllowSummarized"},
    }


def theme(spec):
    """Returns the one theme of all pages."""
    return {
        "name": "Autopulse",
        "dataColors": spec.report["colours"],
        "background": "#ffffff",
        "foreground": "#1c2733",
        "tableAccent": spec.report["colours"][0],
        "textClasses": {
            "title": {"fontFace": "Segoe UI", "fontSize": 12, "color": "#1c2733"},
            "label": {"fontFace": "Segoe UI", "fontSize": 10, "color": "#3d4a57"},
        },
    }


def field_of(spec, text):
    kind, table, name = spec.field(text)
    return {kind: {"Expression": {"SourceRef": {"Entity": table}}, "Property": name}}


def page_of(spec, page):
    made = {
        "$schema": schema("page"),
        "name": page["name"],
        "displayName": page["title"],
        "displayOption": "FitToPage",
        "height": PAGE[1],
        "width": PAGE[0],
    }
    if "drill" in page:
        field, bound = field_of(spec, page["drill"]), f"drill-{page['name']}"
        made |= {
            "type": "Drillthrough",
            "visibility": "HiddenInViewMode",
            "filterConfig": {"filters": [{"name": bound, "field": field, "type": "Categorical", "howCreated": "Drillthrough"}]},
            "pageBinding": {
                "name": f"binding-{page['name']}",
                "type": "Drillthrough",
                "parameters": [{"name": f"parameter-{page['name']}", "boundFilter": bound, "fieldExpr": field}],
            },
        }
    return made


def literal(value):
    text = str(value).lower() if isinstance(value, bool) else "'" + value.replace("'", "''") + "'"
    return {"expr": {"Literal": {"Value": text}}}


def said(spec, text):
    """Returns the measure that says a text in the reader's language."""
    return {"expr": {"Measure": {"Expression": {"SourceRef": {"Entity": spec.home_of(None)}}, "Property": spec.texts()[text]}}}


def visual_of(spec, visual, order):
    x, y, width, height = visual["at"]
    kind = visual["type"]
    state = {role: {"projections": [projection(spec, text) for text in texts]} for role, texts in visual["fields"].items()}
    made = {
        "visualType": kind,
        "query": {"queryState": state},
        "visualContainerObjects": {
            "title": [{"properties": {"show": literal(True), "text": said(spec, visual["title"])}}],
            "general": [{"properties": {"altText": said(spec, visual["alt"])}}],
        },
        "drillFilterOtherVisuals": True,
    }
    if kind == "slicer":
        _, table, name = spec.field(visual["fields"]["Values"][0])
        made["objects"] = {"data": [{"properties": {"mode": literal("Dropdown")}}], "header": [{"properties": {"show": literal(False)}}]}
        made["syncGroup"] = {"groupName": f"{table}-{name}", "fieldChanges": True, "filterChanges": True}
    if kind == "pivotTable":
        # A total of months would divide the units of all of them by the registrations of those that have any.
        totals = {"columnSubtotals": literal(False), **({} if visual.get("totals", True) else {"rowSubtotals": literal(False)})}
        made["objects"] = {"subTotals": [{"properties": totals}]}
    return {
        "$schema": schema("visualContainer"),
        "name": visual["name"],
        "position": {"x": x, "y": y, "z": order, "width": width, "height": height, "tabOrder": order},
        "visual": made,
    }


def projection(spec, text):
    _, table, name = spec.field(text)
    return {"field": field_of(spec, text), "queryRef": f"{table}.{name}", "nativeQueryRef": name}


def mobile(y, height, order):
    return {
        "$schema": schema("visualContainerMobileState"),
        "position": {"x": 0, "y": y, "z": order, "width": PHONE, "height": height, "tabOrder": order},
    }
