"""Runs Jupyter's own tests of a kernel on ours, and prints a line of JSON for each: its name, its
outcome, and what it failed by."""

import json
import unittest

from jupyter_kernel_test import KernelTests


class Tslab(KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'
    completion_samples = [
        {"text": "Math.ma", "matches": {"max"}},
        {"text": "[1].fill(2).copyW", "matches": {"copyWithin"}},
    ]
    complete_code_samples = ["1", "const a = 1", "function f() { return 1 }", "`x`", "// c", ""]
    incomplete_code_samples = [
        *["function f() {", "`open", "f(", "/* open", "[1,", "if (true) {", "1 +"],
    ]
    invalid_code_samples = ["const q = ;", ")", '"open']
    code_generate_error = 'throw new Error("x")'
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "[1, 2]", "result": "[ 1, 2 ]"},
        {"code": '"s"', "result": "'s'"},
    ]
    code_display_data = [
        {"code": 'import { display } from "tslab"; display.html("<b>x</b>")', "mime": "text/html"},
    ]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"


class Told(unittest.TestResult):
    def addSuccess(self, test):
        tell(test, "passed")

    def addSkip(self, test, reason):
        tell(test, "skipped", reason)

    def addFailure(self, test, error):
        tell(test, "failed", self._exc_info_to_string(error, test))

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        if error:
            tell(test, "failed", f"{subtest}: {self._exc_info_to_string(error, test)}")


def tell(test, outcome, detail=""):
    # What fails in the class's own set-up is no test.
    name = getattr(test, "_testMethodName", str(test)).removeprefix("test_")
    print(json.dumps([name, outcome, detail]), flush=True)


unittest.defaultTestLoader.loadTestsFromTestCase(Tslab).run(Told())
