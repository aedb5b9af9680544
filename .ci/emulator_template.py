"""Makes of the template that sam built one that ministack takes: what it does not know or takes wrongly is left out or written
otherwise, each with its reason. The rest is deployed as it is.

Usage: emulator_template.py BUILT_TEMPLATE TARGET [FUNCTION_URL] [NAME=VALUE]...; TARGET beside BUILT_TEMPLATE, whose CodeUri is
relative. FUNCTION_URL is where ministack sends the function's events; without it, or with an empty one, ministack needs containers
to run the function. NAME=VALUE are the parameters of the deployment."""

import json
import pathlib
import sys

import yaml


def adapt(template, function_url=None, values=None):
    resources = template["Resources"]
    # SAM is given no values here, and makes the version's name of the defaults: without this a changed one publishes none.
    for name, value in (values or {}).items():
        template["Parameters"][name]["Default"] = value
    # An alarm over an expression (metric math) ends the deployment: "Properties.Metrics is not supported".
    unknown = [
        name for name, resource in resources.items()
        if resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"]]
    for name in unknown:
        del resources[name]
    # What speaks of them is the dashboard's list of alarms.
    body = resources["Dashboard"]["Properties"]["DashboardBody"]
    dashboard = json.loads(body["Fn::Sub"])
    for widget in dashboard["widgets"]:
        if widget["type"] == "alarm":
            alarms = widget["properties"]["alarms"]
            alarms[:] = [alarm for alarm in alarms if alarm not in {f"${{{name}.Arn}}" for name in unknown}]
    body["Fn::Sub"] = json.dumps(dashboard)
    for name in unknown:
        assert name not in json.dumps(template), f"{name} is still spoken of"
    properties = resources["FetchFunction"]["Properties"]
    # A parameter of type Number arrives as a text here, and the poller stops: '>=' not supported between 'int' and 'str'.
    scaling = properties["Events"]["Messages"]["Properties"]["ScalingConfig"]
    scaling["MaximumConcurrency"] = template["Parameters"][scaling["MaximumConcurrency"]["Ref"]]["Default"]
    if function_url:
        # ministack's own: it runs Java in containers only, or hands the event to this address.
        properties["Environment"]["Variables"]["MINISTACK_LAMBDA_PROXY_URL"] = function_url
    return template


def main(built, target, function_url=None, *values):
    template = yaml.safe_load(pathlib.Path(built).read_text())
    adapted = adapt(template, function_url, dict(value.split("=", 1) for value in values))
    pathlib.Path(target).write_text(yaml.safe_dump(adapted, sort_keys=False, width=1000))


if __name__ == "__main__":
    main(*sys.argv[1:])
