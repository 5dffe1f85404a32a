/// Results in the XML that test tools read (JUnit's).
package struct JUnit: Sendable {
    /// One thing that was judged.
    package struct Case: Sendable {
        package var name: String
        /// What is wrong in one line; `nil` when nothing is.
        package var failure: String?
        /// What is wrong at length.
        package var details: String

        package init(name: String, failure: String? = nil, details: String = "") {
            self.name = name
            self.failure = failure
            self.details = details
        }
    }

    package var suite: String
    package var cases: [Case]

    package init(suite: String, cases: [Case]) {
        self.suite = suite
        self.cases = cases
    }

    /// The whole document, with a final newline.
    ///
    /// It names no time and no machine: equal results give equal text.
    package var xml: String {
        let failures = cases.filter { $0.failure != nil }.count
        let name = Self.escaped(suite)
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites tests=\"\(cases.count)\" failures=\"\(failures)\">\n"
        text += "  <testsuite name=\"\(name)\" tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\">\n"
        for item in cases {
            let head = "    <testcase classname=\"\(name)\" name=\"\(Self.escaped(item.name))\""
            guard let failure = item.failure else {
                text += head + "/>\n"
                continue
            }
            text += head + ">\n      <failure message=\"\(Self.escaped(failure))\">"
            text += Self.escaped(item.details) + "</failure>\n    </testcase>\n"
        }
        return text + "  </testsuite>\n</testsuites>\n"
    }

    /// `text` for an attribute or an element; what XML 1.0 cannot hold becomes a question mark.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            case _ where scalar.value < 0x20: result += "?"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension RunResult {
    /// The run as a test suite: an expectation or account is a case.
    package var junit: JUnit {
        var cases = expectations.map { verdict in
            JUnit.Case(
                name: verdict.text, failure: verdict.passed ? nil : "found \(verdict.found)",
                details: "\(verdict.location): expected \(verdict.text), found \(verdict.found)")
        }
        cases += accounts.map { account in
            JUnit.Case(
                name: "account: \(account.name)", failure: account.balances ? nil : "off", details: account.text)
        }
        let text = failure.map { failure in (failure.location.map { "\($0): " } ?? "") + failure.text }
        cases.append(JUnit.Case(name: "runs to its end", failure: text, details: text ?? ""))
        return JUnit(suite: "martlet run \(scenario)", cases: cases)
    }
}
