import GatewayTemplates
import PluginPayloads
import Testing

@Suite("Failures while rendering")
struct FailureTests {
    @Test(
        "what a value cannot do is said with its line",
        arguments: [
            (
                "{% if n > 'x' %}{% endif %}",
                "line 1: `>` compares two numbers or two strings, found a number and a string"
            ),
            (
                "a\n{{ missing <= 3 }}",
                "line 2: `<=` compares two numbers or two strings, found an undefined value and a number"
            ),
            (
                "\n\n{% for x in n %}{% endfor %}",
                "line 3: `for` goes through a list, a map or a string, found a number"
            ),
            ("{{ yes | join }}", "line 1: `join` goes through a list, a map or a string, found a boolean"),
            ("{{ n | length }}", "line 1: `length` goes through a list, a map or a string, found a number"),
            (
                "{{ 'x' in n }}",
                "line 1: `in` looks for something in a list or map, or for a string in a string, found a string in a number"
            ),
            (
                "{{ n in user }}",
                "line 1: `in` looks for something in a list or map, or for a string in a string, found a number in a string"
            ),
            ("{{ xs.items() }}", "line 1: `items()` is a method of maps, found a list"),
            ("{{ user | replace('', 'x') }}", "line 1: `replace` needs a text to replace, found an empty string"),
            (
                "{% for a, b in xs %}{% endfor %}",
                "line 1: `for` with 2 names needs lists of 2 elements, found a string"
            ),
            (
                "{% for a, b, c in pairs %}{% endfor %}",
                "line 1: `for` with 3 names needs lists of 3 elements, found a list of 2"
            ),
            (
                "{% if no %}\n{% elif n < xs %}\n{% endif %}",
                "line 2: `<` compares two numbers or two strings, found a number and a list"
            ),
        ]
    )
    func invalid(template: String, message: String) throws {
        #expect(try failure(template, person)?.description == message)
    }

    @Test("arguments are an object", arguments: [("[]", "a list"), ("\"x\"", "a string"), ("null", "none")])
    func arguments(json: String, found: String) throws {
        #expect(try failure("x", json) == .argumentsNotAnObject(found: found))
        #expect(
            try failure("x", json)?.description == "the arguments of a template are an object, found \(found)"
        )
    }
}

@Suite("Limits")
struct LimitTests {
    private static let ten = #"{"xs": [0,1,2,3,4,5,6,7,8,9], "text": "0123456789"}"#

    @Test(
        "iterations are counted over all loops",
        arguments: [
            ("{% for x in xs %}{% endfor %}", 10, 1),
            ("{% for x in xs %}{% endfor %}\n{% for x in xs %}{% endfor %}", 20, 2),
            ("{% for x in xs %}\n{% for y in xs %}{% endfor %}{% endfor %}", 110, 2),
            ("{% for c in text %}{% endfor %}", 10, 1),
        ]
    )
    func iterations(template: String, count: Int, line: Int) throws {
        #expect(try failure(template, Self.ten, limits: RenderLimits(maxIterations: count)) == nil)
        let limit = count - 1
        let error = try failure(template, Self.ten, limits: RenderLimits(maxIterations: limit))
        #expect(error == .tooManyIterations(limit: limit, line: line))
        #expect(
            error?.description
                == "line \(line): the loops of this template went round more than \(limit) times; give it shorter lists"
        )
    }

    @Test(
        "output is counted in bytes as it grows",
        arguments: [
            ("12345", 5, 1), ("{{ text }}\n{{ text }}", 21, 2), ("é{{ 'é' }}", 4, 1),
            ("{% for x in xs %}{{ x }}, {% endfor %}", 30, 1),
            ("{% for x in xs %}{% if x == 9 %}\n{% for y in xs %}{{ y }}{% endfor %}{% endif %}{% endfor %}", 10, 2),
        ]
    )
    func output(template: String, bytes: Int, line: Int) throws {
        #expect(try failure(template, Self.ten, limits: RenderLimits(maxOutputBytes: bytes)) == nil)
        let limit = bytes - 1
        let error = try failure(template, Self.ten, limits: RenderLimits(maxOutputBytes: limit))
        #expect(error == .outputTooLong(limit: limit, line: line))
        #expect(
            error?.description
                == "line \(line): the rendered text is longer than \(limit) bytes; give it shorter arguments"
        )
    }

    @Test(
        "steps are counted where nothing is printed",
        arguments: [
            ("x", 32), ("{{ none }}", 32), ("{{ text }}", 44), ("{% if text | upper %}{% endif %}", 54),
            ("{% if 'zz' in text %}{% endif %}", 56), ("{% if text | replace('0', 'abcdef') %}{% endif %}", 67),
            ("{% for x in xs %}{% endfor %}", 114), ("{% if xs == xs %}{% endif %}", 196),
        ]
    )
    func steps(template: String, count: Int) throws {
        #expect(try failure(template, Self.ten, limits: RenderLimits(maxSteps: count)) == nil)
        let limit = count - 1
        let error = try failure(template, Self.ten, limits: RenderLimits(maxSteps: limit))
        #expect(error == .tooManySteps(limit: limit, line: 1))
        #expect(
            error?.description == """
                line 1: rendering took more than \(limit) steps; give it shorter arguments, or use fewer tags in loops
                """
        )
    }

    @Test("the defaults are 10,000 rounds and 1 MiB")
    func defaults() throws {
        let list = "{\"xs\": [" + Array(repeating: "0", count: 10_000).joined(separator: ",") + "]}"
        #expect(try failure("{% for x in xs %}{% endfor %}", list) == nil)
        #expect(
            try failure("{% for x in xs %}{% endfor %}{% for x in [1] %}{% endfor %}", list)
                == .tooManyIterations(limit: 10_000, line: 1)
        )
        let text = "{\"t\": \"" + String(repeating: "x", count: 1 << 20) + "\"}"
        #expect(try failure("{{ t }}", text) == nil)
        #expect(try failure("{{ t }}.", text) == .outputTooLong(limit: 1 << 20, line: 1))
    }

    @Test("a template has at most 256 KiB, 5,000 tags, and 32 tags or parentheses within one another")
    func template() {
        #expect(refusal(of: String(repeating: "x", count: 262_144)) == "")
        #expect(
            refusal(of: String(repeating: "x", count: 262_145))
                == "line 1, column 1: the template has 262145 bytes, more than the limit of 262144; split it"
        )
        #expect(refusal(of: String(repeating: "{{a}}", count: 5_000)) == "")
        #expect(
            refusal(of: String(repeating: "{{a}}", count: 5_001))
                == "line 1, column 25001: the template has more than 5000 tags; split it"
        )
        #expect(refusal(of: nested(32, "{% if a %}", "{% endif %}")) == "")
        #expect(
            refusal(of: nested(33, "{% if a %}\n", "{% endif %}"))
                == "line 33, column 1: tags nest deeper than 32; split the template"
        )
        #expect(
            refusal(of: nested(33, "{% for a in a %}", "{% endfor %}"))
                == "line 1, column 513: tags nest deeper than 32; split the template"
        )
        #expect(refusal(of: "{{ " + nested(32, "(", ")", around: "a") + " }}") == "")
        let tooDeep = "this expression nests deeper than 32; split it into several tags"
        #expect(refusal(of: "{{ " + nested(33, "(", ")", around: "a") + " }}") == "line 1, column 37: \(tooDeep)")
        #expect(refusal(of: "{{ " + nested(33, "[", "]", around: "a") + " }}") == "line 1, column 37: \(tooDeep)")
        #expect(refusal(of: "{{ " + nested(33, "a[", "]", around: "a") + " }}") == "line 1, column 70: \(tooDeep)")
        #expect(refusal(of: "{{ " + nested(33, "not ", "", around: "a") + " }}") == "line 1, column 136: \(tooDeep)")
        #expect(
            refusal(of: "{{ " + nested(33, "a if a else ", "", around: "a") + " }}") == "line 1, column 400: \(tooDeep)"
        )
    }

    private func nested(_ depth: Int, _ open: String, _ close: String, around inner: String = "") -> String {
        String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    }
}
