import GatewayTemplates
import Testing

@Suite("Filters")
struct FilterTests {
    @Test(
        "default stands in for what is not there or none, and on demand for what is false",
        arguments: [
            ("{{ missing | default('x') }}", "x"), ("{{ missing|default:\"x\" }}", "x"), ("{{ m.q | d('x') }}", "x"),
            ("{{ missing | default }}", ""), ("{{ missing | default(user) }}", "Ann"),
            ("{{ null | default(1.10) }}", "1.10"),
            ("{{ empty | default('x') }}", ""), ("{{ zero | default('x') }}", "0"),
            ("{{ empty | default('x', true) }}", "x"), ("{{ zero | default('x', boolean=true) }}", "x"),
            ("{{ empty | default:\"x\", true }}", "x"), ("{{ user | default('x', true) }}", "Ann"),
            ("{{ missing | default(none) | default('y') }}", "y"), ("{{ missing | default(default_value=n) }}", "3"),
        ]
    )
    func defaults(template: String, expected: String) throws {
        #expect(try render(template, person) == expected)
    }

    @Test(
        "texts",
        arguments: [
            ("{{ user | upper }} {{ user|lower }} {{ uni | upper }}", "ANN ann ÜNÏ SS"),
            ("{{ title | title }}", "Hello World-Of (Things) O'neil"),
            ("{{ title | capitalize }}", "Hello world-of (things) o'neil"),
            ("[{{ sp | trim }}] [{{ '' | trim }}] [{{ '\n ' | trim }}]", "[x y] [] []"),
            ("{{ 'aaa' | replace('aa', 'b') }} {{ user | replace('n', '') }} {{ n | replace(3, 4) }}", "ba A 4"),
            ("{{ 'abab' | replace('abc', 'x') }}{{ 'aab' | replace('ab', 'é') }}", "ababaé"),
            ("{{ n | upper }}{{ missing | upper }}{{ null | lower }}{{ yes | upper }}", "3TRUE"),
            ("{{ user | upper | lower | replace('a', 'x') | length }}", "3"),
            (
                "{{ html | escape }} {{ html | e | e }}",
                "&lt;b&gt;&amp;&#34;&#39;&lt;/b&gt; &lt;b&gt;&amp;&#34;&#39;&lt;/b&gt;"
            ),
            ("{{ html | safe }}", "<b>&\"'</b>"),
        ]
    )
    func texts(template: String, expected: String) throws {
        #expect(try render(template, person) == expected)
    }

    @Test(
        "lists, maps and JSON",
        arguments: [
            (
                "{{ xs | join(', ') }} {{ xs|join:\", \" }} {{ xs | join }} {{ xs | join(d='-') }}",
                "a, b, c a, b, c abc a-b-c"
            ),
            ("{{ pairs | join(' ') }} {{ user | join('.') }} {{ missing | join }}", #"["a",1] ["b",2] A.n.n "#),
            (
                "{{ xs | join(user) }} {{ xs | join: m.k }} {{ [1, null, price] | join('/') }}",
                "aAnnbAnnc avbvc 1//1.10"
            ),
            ("{{ xs | length }}{{ m | length }}{{ uni | length }}{{ missing | length }}{{ xs | count }}", "33503"),
            ("{{ xs | first }}{{ xs | last }}{{ m | first }}{{ user | last }}[{{ none_at_all | last }}]", "ackn[]"),
            ("{{ (people | first).name }}{{ (xs | first) | upper }}", "AA"),
            ("{{ xs | tojson }} {{ user | tojson }} {{ price | tojson }}", #"["a","b","c"] "Ann" 1.10"#),
            ("{{ null | tojson }} {{ yes | tojson }} {{ html | tojson }}", #"null true "<b>&\"'</b>""#),
            ("{{ m | tojson }}", #"{"k":"v","two words":{"b":"deep"},"a.b":"dotted"}"#),
        ]
    )
    func lists(template: String, expected: String) throws {
        #expect(try render(template, person) == expected)
    }

    @Test(
        "with autoescape, what a variable prints is text of HTML unless it is marked",
        arguments: [
            ("<p>{{ html }}</p>", "<p>&lt;b&gt;&amp;&#34;&#39;&lt;/b&gt;</p>"),
            ("{{ html | safe }}", "<b>&\"'</b>"),
            ("{{ '<' | e }}{{ '<' | e | e }}{{ '<' }}", "&lt;&lt;&lt;"),
            ("{{ html | tojson }}", #""\u003cb\u003e\u0026\"\u0027\u003c/b\u003e""#),
            ("{{ ['<', '&'] | join('>') }}{{ ['<'] }}", "&lt;&gt;&amp;[&#34;&lt;&#34;]"),
            ("{% if html == '<b>&\"\\'</b>' %}same{% endif %}", "same"),
        ]
    )
    func autoescape(template: String, expected: String) throws {
        #expect(try render(template, person, autoescape: true) == expected)
    }
}
