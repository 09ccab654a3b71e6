"""Runs Jupyter's own tests of a kernel on ours, and prints as JSON which failed and which were skipped."""

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
    supported_history_operations = ("tail",)
    code_inspect_sample = "Math.max"


tests = unittest.defaultTestLoader.loadTestsFromTestCase(Tslab)
names = {test._testMethodName for test in tests}
result = unittest.TestResult()
tests.run(result)
skipped = {test._testMethodName for test, reason in result.skipped} & names
outcome = {
    "failed": [f"{test}: {why}" for test, why in result.failures + result.errors],
    "skipped": sorted(skipped),
    "others": sorted(names - skipped),
}
print(json.dumps(outcome))
