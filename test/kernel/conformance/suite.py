"""The samples that the official suite of Jupyter tries on the kernel, and a report as JSON."""

import json
import sys
import unittest

import jupyter_kernel_test


class KernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "tslearn2"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "parseI", "matches": {"parseInt"}},
        {"text": "[1].findLastI", "matches": {"findLastIndex"}},
        {"text": "new SoftmaxReg", "matches": {"SoftmaxRegression"}},
    ]
    complete_code_samples = ["1", "const x = `a`;", "function f() {\n  return 1;\n}", "parseInt?"]
    incomplete_code_samples = ["function f() {", "`open", "[1,", "/* note"]
    invalid_code_samples = ["1 + ) 2", "const const = 1; f()"]
    code_page_something = "parseInt?"
    code_generate_error = "throw new TypeError('wrong')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "await Promise.resolve('late')", "result": "'late'"},
        {"code": "md`*soft*`", "result": "*soft*", "mime": "text/markdown"},
    ]
    code_display_data = [
        {"code": "display(html`<b>bold</b>`)", "mime": "text/html"},
        {"code": "display(md`$x^2$`)", "mime": "text/markdown"},
        {"code": "display(svg`<svg></svg>`)", "mime": "image/svg+xml"},
        {"code": "display(tf.tensor1d([1, 2]))", "mime": "text/html"},
    ]
    code_history_pattern = "6 [*] ?"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "parseInt"
    code_clear_output = "clearOutput()"


class Report(unittest.TestResult):
    """What came of each test: "passed", or why not."""

    def __init__(self):
        super().__init__()
        self.outcomes = {}

    def note(self, test, outcome):
        self.outcomes.setdefault(getattr(test, "_testMethodName", str(test)), []).append(outcome)

    def addSuccess(self, test):
        self.note(test, "passed")

    def addError(self, test, err):
        self.note(test, self._exc_info_to_string(err, test))

    addFailure = addError

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(test, self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        self.note(getattr(test, "test_case", test), "skipped: " + reason)


report = Report()
unittest.defaultTestLoader.loadTestsFromTestCase(KernelTests).run(report)
json.dump(report.outcomes, sys.stdout)
