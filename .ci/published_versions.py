"""Which changes of a parameter publish a version of the function, by SAM's own translator (the one that CloudFormation runs):
the alias that the queue feeds moves only where the version gets another name. A change that the function does not see must not
rename it: Lambda publishes no version that is like the one before, and the deployment would fail."""

import copy
import logging

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

from gates import ROOT, run_tests

logging.disable(logging.WARNING)
TEMPLATE = yaml_parse((ROOT / "template.yaml").read_text())
# As sam deploy leaves it: the code is on S3 by then.
TEMPLATE["Resources"]["FetchFunction"]["Properties"]["CodeUri"] = "s3://bucket/0123456789abcdef"
# What SAM reads for itself, and what is the mapping's and not the function's.
NOT_THE_FUNCTION = ["Events", "DeploymentPreference", "AutoPublishCodeSha256", "Description"]
SWITCHED = [
    {}, {"SnapStart": "PublishedVersions"}, {"GradualDeployment": "true"},
    {"SnapStart": "PublishedVersions", "GradualDeployment": "true"}]


def translated(values):
    session = boto3.session.Session(region_name="eu-west-1")
    return Translator({}, Parser(), boto_session=session).translate(copy.deepcopy(TEMPLATE), dict(values))


def only(template, kind):
    found = [(name, resource) for name, resource in template["Resources"].items() if resource["Type"] == kind]
    assert len(found) == 1, found
    return found[0]


def version(values):
    """The version's name; on the way, that it is what the alias leads to and the mapping feeds."""
    template = translated(values)
    name, _ = only(template, "AWS::Lambda::Version")
    alias, properties = only(template, "AWS::Lambda::Alias")
    assert properties["Properties"]["FunctionVersion"] == {"Fn::GetAtt": [name, "Version"]}, properties
    _, mapping = only(template, "AWS::Lambda::EventSourceMapping")
    assert mapping["Properties"]["FunctionName"] == {"Ref": alias}, mapping
    return name


def parameters_in(node, conditions, found):
    """Names of all parameters that a value comes from, those of its conditions too."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "Ref":
                found.add(value)
            elif key == "Fn::Sub":
                found.update(name for name in TEMPLATE["Parameters"] if "${" + name + "}" in value)
            elif key == "Condition" or key == "Fn::If":
                parameters_in(conditions[value if key == "Condition" else value[0]], conditions, found)
            parameters_in(value, conditions, found)
    elif isinstance(node, list):
        for each in node:
            parameters_in(each, conditions, found)
    return found & set(TEMPLATE["Parameters"])


def another(parameter):
    declared = TEMPLATE["Parameters"][parameter]
    value = str(declared["Default"])
    if "AllowedValues" in declared:
        others = [str(each) for each in declared["AllowedValues"] if str(each) != value]
        return others[0] if others else None
    if declared["Type"] == "Number":
        return str(declared["MinValue"]) if str(declared["MinValue"]) != value else str(declared["MaxValue"])
    return value + "1"


def seen_by_the_function():
    properties = TEMPLATE["Resources"]["FetchFunction"]["Properties"]
    own = {name: value for name, value in properties.items() if name not in NOT_THE_FUNCTION}
    return parameters_in(own, TEMPLATE["Conditions"], set())


def test_the_function_sees_most_parameters():
    seen = seen_by_the_function()
    assert {"MemorySize", "DenyNetworks", "ContactUrl", "Architecture", "VpcSubnetIds", "VpcSecurityGroupIds"} <= seen, seen
    assert not seen & {"BatchSize", "MaximumConcurrency", "AlarmTopicArn", "LogRetentionDays", "VpcId"}, seen


def test_a_change_of_what_the_function_sees_publishes_a_version_and_no_other_does():
    seen = seen_by_the_function()
    for switched in SWITCHED:
        before = version(switched)
        changing = {name: another(name) for name in TEMPLATE["Parameters"] if name not in switched}
        renamed = {name for name, value in changing.items() if value and version({**switched, name: value}) != before}
        assert renamed == seen - set(switched), (
            f"with {switched}: no version for {sorted(seen - set(switched) - renamed)}, "
            f"a version for nothing for {sorted(renamed - seen)}")


def test_a_default_that_is_given_as_a_value_publishes_none():
    # A first deployment leaves the defaults out, the ones after it send them along, as texts whatever their type.
    defaults = {name: str(declared["Default"]) for name, declared in TEMPLATE["Parameters"].items()}
    assert version(defaults) == version({})


def test_new_code_publishes_a_version_and_the_same_again_none():
    before = version({})
    assert version({}) == before
    properties = TEMPLATE["Resources"]["FetchFunction"]["Properties"]
    code = properties["CodeUri"]
    properties["CodeUri"] = "s3://bucket/fedcba9876543210"
    try:
        assert version({}) != before
    finally:
        properties["CodeUri"] = code


if __name__ == "__main__":
    run_tests("published versions", globals())
