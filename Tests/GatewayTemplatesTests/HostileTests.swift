import GatewayTemplates
import PluginPayloads
import Testing

@Suite("Hostile input")
struct HostileTests {
    @Test(
        "thousands of signs are refused at once",
        arguments: [
            ("{", "`{{` is never closed; write `}}` where it ends, or `{% raw %}` before braces that are text"),
            ("{{ '", "`{{` is never closed; write `}}` where it ends, or `{% raw %}` before braces that are text"),
            ("{% raw %}", "`{% raw %}` is never closed; write `{% endraw %}` where it ends"),
            ("{#", "`{#` is never closed; write `#}` where it ends, or `{% raw %}` before braces that are text"),
        ]
    )
    func repeated(sign: String, message: String) {
        #expect(refusal(of: String(repeating: sign, count: 10_000)) == "line 1, column 1: " + message)
    }

    @Test(
        "long flat expressions do not go deep",
        arguments: [
            ("a", ".b", 60_000, ""), ("a", "[0]", 60_000, ""), ("a", " or a", 40_000, ""), ("a", " and a", 40_000, ""),
            ("a", " == a", 40_000, "x"), ("a", " in a", 40_000, ""), ("a", "|upper", 30_000, ""),
            ("'x'", " 'y'", 50_000, "x"), ("a", " is defined", 20_000, "x"),
        ]
    )
    func long(start: String, part: String, count: Int, expected: String) throws {
        let expression = start + String(repeating: part, count: count)
        #expect(try render("{% if \(expression) %}x{% endif %}") == expected)
    }

    @Test("texts that grow, and searches that find nothing, end within the limits")
    func growth() throws {
        let json = "{\"a\": \"" + String(repeating: "a", count: 100_000) + "\", \"xs\": [1,2,3,4,5,6,7,8,9,10]}"
        let limit = RenderLimits().maxSteps
        #expect(
            try failure("{{ a | replace('a', a) | replace('a', a) | length }}", json)
                == .tooManySteps(limit: limit, line: 1)
        )
        #expect(try failure("{{ a | join(a) | length }}", json) == .tooManySteps(limit: limit, line: 1))
        let loops = String(repeating: "{% for x in xs %}", count: 5) + "{% if (a ~ 'b') in a %}{% endif %}"
        #expect(refusal(of: loops).hasPrefix("line 1, column 95: the operator `~`"))
        let search = "{% for x in xs %}{% for y in xs %}{% for z in xs %}{% if n in a %}{% endif %}"
        let needle = json.dropLast() + ", \"n\": \"" + String(repeating: "a", count: 50_000) + "b\"}"
        #expect(
            try failure(search + "{% endfor %}{% endfor %}{% endfor %}", String(needle))
                == .tooManySteps(limit: limit, line: 1)
        )
    }

    @Test("huge loops inside loops end at the limit")
    func loops() throws {
        let json = "{\"xs\": [" + Array(repeating: "0", count: 5_000).joined(separator: ",") + "]}"
        let template = String(repeating: "{% for x in xs %}", count: 10) + String(repeating: "{% endfor %}", count: 10)
        #expect(try failure(template, json) == .tooManyIterations(limit: 10_000, line: 1))
        let silent = "{% for x in xs %}" + String(repeating: "{{ y }}", count: 4_000) + "{% endfor %}"
        #expect(try failure(silent, json) == .tooManySteps(limit: RenderLimits().maxSteps, line: 1))
    }

    @Test("arguments that nest as deep as they may are printed and compared")
    func deep() throws {
        let nested = String(repeating: "[", count: 127) + String(repeating: "]", count: 127)
        let json = "{\"a\": \(nested), \"b\": \(nested)}"
        #expect(try render("{{ a }}", json) == nested)
        #expect(try render("{{ [a] | tojson }} {{ a == b }} {{ [a] == [b] }}", json) == "[\(nested)] true true")
    }

    @Test("no file, no other template and no Swift property can be reached")
    func reach() throws {
        for tag in ["include '/etc/passwd'", "extends '/etc/passwd'", "import '/etc/passwd' as x", "block x", "now"] {
            #expect(refusal(of: "{% \(tag) %}").contains("` is not supported"))
        }
        let names = [
            "utf8", "storage", "description", "count", "self", "__class__", "environment", "dictionaries", "state",
        ]
        for name in names {
            #expect(
                try render("{{ user.\(name) }}{{ xs.\(name) }}{{ \(name) }}{{ n.\(name) }}{{ m.\(name) }}", person)
                    == ""
            )
        }
    }
}

@Suite("Many threads")
struct ConcurrencyTests {
    @Test("8 tasks render one template 1,000 times each")
    func sharing() async throws {
        let template = try PromptTemplate(
            """
            {% for x in xs %}{{ loop.index }}:{{ x | upper }}{% if x == name %}!{% endif %} {% else %}none{% endfor %}\
            {{ name }} {{ m.k | default('-') }}
            """
        )
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask { @concurrent in
                    try (0..<1_000).count { round in
                        let name = "t\(task)r\(round)"
                        let arguments = try PayloadBlock(.object(["xs": ["a", .string(name)], "name": .string(name)]))
                        return try template.render(arguments.root) != "1:A 2:\(name.uppercased())! \(name) -"
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
