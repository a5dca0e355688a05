import GatewayTemplates
import Testing

@Suite("Values")
struct ValueTests {
    @Test(
        "variables, members and elements",
        arguments: [
            ("User said: {{ user }}", "User said: Ann"),
            ("{{user}}{{ user }}{{  user\n}}", "AnnAnnAnn"),
            ("{{ m.k }} {{ m['k'] }} {{ m[\"two words\"].b }} {{ m['two words']['b'] }}", "v v deep deep"),
            ("{{ xs[0] }}{{ xs.1 }}{{ xs[-1] }}{{ people[1].name }}{{ pairs.0.1 }}", "abcB1"),
            ("{{ user[0] }}{{ uni[-1] }}", "Aß"),
            ("{{ m[xs[0]] }}|{{ xs[9] }}|{{ xs[-4] }}|{{ xs.k }}|{{ m[0] }}|{{ n[0] }}|{{ n.real }}", "||||||"),
            ("{{ missing }}|{{ missing.a.b }}|{{ missing[0] }}|{{ m.missing }}|{{ user.a }}", "||||"),
            ("{{ m.a.b }}|{{ m['a.b'] }}", "|dotted"),
            ("{{ m.count }}{{ m.first }}{{ xs.last }}{{ none_at_all.last }}{{ xs.count }}", ""),
        ]
    )
    func lookup(template: String, expected: String) throws {
        #expect(try render(template, person) == expected)
    }

    @Test(
        "values print as JSON has them, and texts as they are",
        arguments: [
            ("{{ n }} {{ big }} {{ price }} {{ zero }}", "3 12345678901234567890 1.10 0"),
            ("{{ yes }} {{ no }} [{{ null }}]", "true false []"),
            ("{{ xs }} {{ pairs }} {{ none_at_all }}", #"["a","b","c"] [["a",1],["b",2]] []"#),
            ("{{ m }} {{ no_keys }}", #"{"k":"v","two words":{"b":"deep"},"a.b":"dotted"} {}"#),
            ("{{ m.items() }}", #"[["k","v"],["two words",{"b":"deep"}],["a.b","dotted"]]"#),
            ("{{ 5 }} {{ 1.10 }} {{ -1 }} {{ 1e3 }} {{ 12345678901234567890 }}", "5 1.10 -1 1e3 12345678901234567890"),
            ("{{ 'x' }}{{ \"y\" }}{{ 'a' \"b\" }}{{ true }}{{ False }}{{ none }}{{ None }}", "xyabtruefalse"),
            ("{{ [1, 'a', true, null, [price]] }}", #"[1,"a",true,null,[1.10]]"#),
            (#"{{ "a\n\tb\\ \x41 \u00e9 \q '" }} {{ 'it\'s' }}"#, "a\n\tb\\ A é \\q ' it's"),
            ("{{ '}}' }} {{ \"%}\" }} {{ '{{ user }}' }}", "}} %} {{ user }}"),
        ]
    )
    func printing(template: String, expected: String) throws {
        #expect(try render(template, person) == expected)
    }

    @Test("a key with a point is no path, and a name is no path to a key with points")
    func keysWithPoints() throws {
        let json = #"{"a.b": "flat", "a": {"b": "nested", "b.c": "inner"}}"#
        #expect(try render("{{ a.b }} {{ a['b.c'] }} [{{ a.b.c }}]", json) == "nested inner []")
    }

    @Test("what is in an argument is never rendered again")
    func argumentsAreText() throws {
        let json = #"{"a": "{{ b }}{% include 'x' %}{{ a }}", "b": "secret", "{{ b }}": 1}"#
        #expect(try render("{{ a }}", json) == "{{ b }}{% include 'x' %}{{ a }}")
        #expect(
            try render("{{ [a] | join }}{% for k in [b] %}{{ k }}{% endfor %}", json)
                == "{{ b }}{% include 'x' %}{{ a }}secret"
        )
    }

    @Test("the variables of a template are the names it reads and does not bind")
    func variables() throws {
        let template = try PromptTemplate(
            """
            {# ignored #}{% raw %}{{ raw }}{% endraw %}{{ b.x[c] | default(d) }}{{ a if e else b }}
            {% for x in xs %}{{ x }}{{ loop.index }}{{ y }}{% else %}{{ x }}{% endfor %}
            {% for k, v in m.items() %}{{ k }}{% for v in k %}{{ v }}{% endfor %}{% endfor %}{{ loop }}{{ true }}
            """
        )
        #expect(template.variables == ["b", "c", "d", "a", "e", "xs", "y", "x", "m", "loop"])
        #expect(try PromptTemplate("text only").variables == [])
    }
}
