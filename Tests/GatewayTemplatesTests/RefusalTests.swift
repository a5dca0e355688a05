import GatewayTemplates
import Testing

@Suite("Refused templates")
struct RefusalTests {
    @Test(
        "tags that are not supported",
        arguments: [
            (
                "{% set x = 1 %}",
                "line 1, column 1: the tag `set` is not supported; write the value where it is used, or pass it as an argument"
            ),
            (
                "a\n{% macro f(x) %}{% endmacro %}",
                "line 2, column 1: the tag `macro` is not supported; write its text where it is used"
            ),
            (
                "{% call f() %}{% endcall %}",
                "line 1, column 1: the tag `call` is not supported; write the macro's text where it is used"
            ),
            (
                "{% import 'a' as b %}",
                "line 1, column 1: the tag `import` is not supported; write the macro's text where it is used"
            ),
            (
                "{% from 'a' import b %}",
                "line 1, column 1: the tag `from` is not supported; write the macro's text where it is used"
            ),
            (
                "{% include 'secrets.txt' %}",
                "line 1, column 1: the tag `include` is not supported; write the other template's text here"
            ),
            (
                "{% extends \"base\" %}",
                "line 1, column 1: the tag `extends` is not supported; write the whole text in one template"
            ),
            (
                "{% block a %}{% endblock %}",
                "line 1, column 1: the tag `block` is not supported; write the text without it"
            ),
            (
                "{% filter upper %}x{% endfilter %}",
                "line 1, column 1: the tag `filter` is not supported; apply the filter to each value: `{{ value | upper }}`"
            ),
            (
                "{% with a = 1 %}{% endwith %}",
                "line 1, column 1: the tag `with` is not supported; write the value where it is used, or pass it as an argument"
            ),
            (
                "{% unknown %}",
                "line 1, column 1: the tag `unknown` is not supported; supported: `if`, `elif`, `else`, `for`, `raw`; write `{% raw %}` before braces that are text"
            ),
            (
                "{% now \"yyyy\" %}",
                "line 1, column 1: the tag `now` is not supported; supported: `if`, `elif`, `else`, `for`, `raw`; write `{% raw %}` before braces that are text"
            ),
            (
                "{% break %}",
                "line 1, column 1: the tag `break` is not supported; pass a shorter list, or put an `if` around the body"
            ),
            ("{% endraw %}", "line 1, column 1: the tag `endraw` is not supported; there is no open `{% raw %}`"),
            ("{% elseif x %}", "line 1, column 1: the tag `elseif` is not supported; write `elif`"),
        ]
    )
    func tags(template: String, message: String) {
        #expect(refusal(of: template) == message)
    }

    @Test(
        "expressions that are malformed or not supported",
        arguments: [
            (
                "{{ a + b }}",
                "line 1, column 6: the operator `+` is not supported; write texts side by side, as in `{{ a }}{{ b }}`, and pass computed numbers as arguments"
            ),
            (
                "{{ a - 1 }}",
                "line 1, column 6: the operator `-` is not supported; pass the computed value as an argument"
            ),
            (
                "{{ a * 2 }}",
                "line 1, column 6: the operator `*` is not supported; pass the computed value as an argument"
            ),
            (
                "{{ a / 2 }}",
                "line 1, column 6: the operator `/` is not supported; pass the computed value as an argument"
            ),
            (
                "{{ a // 2 }}",
                "line 1, column 6: the operator `//` is not supported; pass the computed value as an argument"
            ),
            (
                "{{ a % 2 }}",
                "line 1, column 6: the operator `%` is not supported; pass the computed value as an argument"
            ),
            (
                "{{ a ** 2 }}",
                "line 1, column 6: the operator `**` is not supported; pass the computed value as an argument"
            ),
            (
                "{{ a ~ b }}",
                "line 1, column 6: the operator `~` is not supported; write texts side by side, as in `{{ a }}{{ b }}`, and pass computed numbers as arguments"
            ),
            ("{{ -a }}", "line 1, column 4: the operator `-` is not supported; pass the computed value as an argument"),
            (
                "{{ +1 }}",
                "line 1, column 4: the operator `+` is not supported; write texts side by side, as in `{{ a }}{{ b }}`, and pass computed numbers as arguments"
            ),
            (
                "{{ a is string }}",
                "line 1, column 9: the test `string` is not supported; supported: `is defined`, `is undefined`, `is none`, each also with `not`; compare by `==`"
            ),
            ("{{ a is }}", "line 1, column 9: expected a test after `is`, found the end of the tag"),
            (
                "{{ a | nosuch }}",
                "line 1, column 8: the filter `nosuch` is not supported; supported: `default`, `upper`, `lower`, `capitalize`, `title`, `trim`, `replace`, `join`, `first`, `last`, `length`, `tojson`, `escape`, `safe`"
            ),
            (
                "{{ a |\n  shout }}",
                "line 2, column 3: the filter `shout` is not supported; supported: `default`, `upper`, `lower`, `capitalize`, `title`, `trim`, `replace`, `join`, `first`, `last`, `length`, `tojson`, `escape`, `safe`"
            ),
            ("{{ a | upper(1) }}", "line 1, column 14: the filter `upper` has no argument 1; write `upper`"),
            (
                "{{ a | replace('x') }}",
                "line 1, column 8: the filter `replace` lacks an argument; write `replace(old, new)`"
            ),
            (
                "{{ a | replace('a', 'b', 'c') }}",
                "line 1, column 26: the filter `replace` has no argument 3; write `replace(old, new)`"
            ),
            ("{{ a | join(x=1) }}", "line 1, column 13: the filter `join` has no argument `x`; write `join(d)`"),
            (
                "{{ a | default('x', default_value='y') }}",
                "line 1, column 21: the argument `default_value` is given twice"
            ),
            ("{{ a | }}", "line 1, column 8: expected the name of a filter after `|`, found the end of the tag"),
            ("{{ a | 5 }}", "line 1, column 8: expected the name of a filter after `|`, found `5`"),
            ("{{ a|: }}", "line 1, column 6: expected the name of a filter after `|`, found `:`"),
            (
                "{{ a.upper() }}",
                "line 1, column 6: the method `upper` is not supported; use the filter: `| upper`; of methods there is only `items()`"
            ),
            (
                "{{ a.keys() }}",
                "line 1, column 6: the method `keys` is not supported; use a filter; of methods there is only `items()`"
            ),
            (
                "{{ a.items(1) }}",
                "line 1, column 6: the method `items` is not supported; use a filter; of methods there is only `items()`"
            ),
            (
                "{{ range(3) }}",
                "line 1, column 4: the function `range` is not supported; loop over a list, and pass it as an argument"
            ),
            ("{{ a() }}", "line 1, column 4: the function `a` is not supported; pass its result as an argument"),
            (
                "{{ a[0](1) }}",
                "line 1, column 8: calls are not supported; use a filter, for example `{{ name | upper }}`"
            ),
            ("{{ a[1:2] }}", "line 1, column 7: slices are not supported; pass the shorter list as an argument"),
            ("{{ a[:2] }}", "line 1, column 6: slices are not supported; pass the shorter list as an argument"),
            ("{{ a[1 }}", "line 1, column 8: expected `]` after the index, found the end of the tag"),
            ("{{ a. }}", "line 1, column 7: expected a name after `.`, found the end of the tag"),
            ("{{ a.'b' }}", "line 1, column 6: expected a name after `.`, found a string"),
            ("{{ (a, b) }}", "line 1, column 4: tuples are not supported; write a list in brackets"),
            (
                "{{ (a }}",
                "line 1, column 7: expected `)` after the expression in parentheses, found the end of the tag"
            ),
            ("{{ {'a': 1} }}", "line 1, column 4: maps in braces are not supported; pass the map as an argument"),
            ("{{ [1 2] }}", "line 1, column 7: expected `,` after the element of a list, found `2`"),
            ("{{ a b }}", "line 1, column 6: expected the end of the tag, found `b`"),
            ("{{ }}", "line 1, column 4: expected a value, found the end of the tag"),
            ("{% %}", "line 1, column 1: this tag has no name; write for example `{% if name %}`"),
            ("{{ 'abc }}", "line 1, column 4: this string is never closed; end it with the quote it begins with"),
            ("{{ '\\xZZ' }}", "line 1, column 4: this string has a `\\x`, `\\u` or `\\U` that names no character"),
            ("{{ '\\ud800' }}", "line 1, column 4: this string has a `\\x`, `\\u` or `\\U` that names no character"),
            ("{{ 007 }}", "line 1, column 4: this number has a form that is not supported; write it in decimal"),
            ("{{ 0x1F }}", "line 1, column 4: this number has a form that is not supported; write it in decimal"),
            ("{{ 1_000 }}", "line 1, column 4: this number has a form that is not supported; write it in decimal"),
            ("{{ a ! b }}", "line 1, column 6: `!` means nothing inside a tag"),
            ("{{ “a” }}", "line 1, column 4: `“` means nothing inside a tag"),
            ("{{ a == }}", "line 1, column 9: expected a value, found the end of the tag"),
            ("{{ == a }}", "line 1, column 4: expected a value, found `==`"),
            ("{{ a and }}", "line 1, column 10: expected a value, found the end of the tag"),
            ("{{ not }}", "line 1, column 8: expected a value, found the end of the tag"),
            ("{{ a not b }}", "line 1, column 10: expected `in` after `not`, found `b`"),
            ("{{ a = b }}", "line 1, column 6: expected the end of the tag, found `=`"),
            ("{{ a if }}", "line 1, column 9: expected a value, found the end of the tag"),
            (
                "{{ a|first.b }}",
                "line 1, column 11: `.` cannot follow a filter or a test; write parentheses, for example `(names | first).length`"
            ),
        ]
    )
    func expressions(template: String, message: String) {
        #expect(refusal(of: template) == message)
    }

    @Test(
        "tags that do not fit together",
        arguments: [
            (
                "Hello\n  {{ user",
                "line 2, column 3: `{{` is never closed; write `}}` where it ends, or `{% raw %}` before braces that are text"
            ),
            (
                "Hello {{ user }\nand {{ other }}",
                "line 1, column 7: `{{` is never closed; write `}}` where it ends, or `{% raw %}` before braces that are text"
            ),
            (
                "{{ it's open {% if x %}",
                "line 1, column 1: `{{` is never closed; write `}}` where it ends, or `{% raw %}` before braces that are text"
            ),
            (
                "{% if a",
                "line 1, column 1: `{%` is never closed; write `%}` where it ends, or `{% raw %}` before braces that are text"
            ),
            (
                "{# never",
                "line 1, column 1: `{#` is never closed; write `#}` where it ends, or `{% raw %}` before braces that are text"
            ),
            ("x {% raw %} y", "line 1, column 3: `{% raw %}` is never closed; write `{% endraw %}` where it ends"),
            ("{% if a %}x", "line 1, column 1: `if` is never closed; write `{% endif %}` where it ends"),
            (
                "\n\n{% for x in xs %}\n{{ x }}",
                "line 3, column 1: `for` is never closed; write `{% endfor %}` where it ends"
            ),
            ("{% endif %}", "line 1, column 1: `endif` without `if` before it"),
            ("{% endfor %}", "line 1, column 1: `endfor` without `for` before it"),
            ("{% else %}", "line 1, column 1: `else` without `if` or `for` before it"),
            ("{% elif a %}", "line 1, column 1: `elif` without `if` before it"),
            (
                "{% if a %}{% else %}{% else %}{% endif %}",
                "line 1, column 21: `else` cannot stand here, because the `if` of line 1 is open; close it with `{% endif %}` first"
            ),
            (
                "{% if a %}{% else %}{% elif b %}{% endif %}",
                "line 1, column 21: `elif` cannot stand here, because the `if` of line 1 is open; close it with `{% endif %}` first"
            ),
            (
                "{% if a %}{% endfor %}",
                "line 1, column 11: `endfor` cannot stand here, because the `if` of line 1 is open; close it with `{% endif %}` first"
            ),
            (
                "{% for x in xs %}\n{% if x %}\n{% endfor %}",
                "line 3, column 1: `endfor` cannot stand here, because the `if` of line 2 is open; close it with `{% endif %}` first"
            ),
            ("{% if %}{% endif %}", "line 1, column 7: expected a value, found the end of the tag"),
            ("{% if a b %}{% endif %}", "line 1, column 9: expected the end of the tag, found `b`"),
            ("{% if a %}{% endif a %}", "line 1, column 20: expected the end of the tag, found `a`"),
            ("{% if a = 1 %}{% endif %}", "line 1, column 9: expected the end of the tag, found `=`"),
            ("{% if a %}{% else b %}{% endif %}", "line 1, column 19: expected the end of the tag, found `b`"),
            (
                "{% for %}{% endfor %}",
                "line 1, column 8: expected a name for the elements, found the end of the tag; write for example `{% for name in names %}`"
            ),
            (
                "{% for x %}{% endfor %}",
                "line 1, column 10: expected `in` after the names, found the end of the tag; write for example `{% for name in names %}`"
            ),
            ("{% for x in %}{% endfor %}", "line 1, column 13: expected a value, found the end of the tag"),
            (
                "{% for x xs %}{% endfor %}",
                "line 1, column 10: expected `in` after the names, found `xs`; write for example `{% for name in names %}`"
            ),
            (
                "{% for loop in xs %}{% endfor %}",
                "line 1, column 8: expected a name for the elements, found `loop`; write for example `{% for name in names %}`"
            ),
            ("{% for x, x in xs %}{% endfor %}", "line 1, column 11: the name `x` is given twice"),
            (
                "{% for (k, v) in xs %}{% endfor %}",
                "line 1, column 8: expected a name for the elements, found `(`; write for example `{% for name in names %}`"
            ),
            (
                "{% for x in xs if x %}{% endfor %}",
                "line 1, column 16: `if` inside `for` is not supported; put an `{% if … %}` into the loop"
            ),
            ("{% for x in xs recursive %}{% endfor %}", "line 1, column 16: `recursive` is not supported"),
            (
                "{% for x in xs %}{{ loop }}{% endfor %}",
                "line 1, column 26: `loop` is followed by a point and a name, found the end of the tag; supported: `loop.index`, `loop.index0`, `loop.first`, `loop.last`, `loop.length`"
            ),
            (
                "{% for x in xs %}{{ loop.cycle('a') }}{% endfor %}",
                "line 1, column 26: `loop.cycle` is not supported; supported: `loop.index`, `loop.index0`, `loop.first`, `loop.last`, `loop.length`"
            ),
            ("{% raw x %}{% endraw %}", "line 1, column 8: `raw` takes nothing, found `x`"),
            (
                "{{ \"a\": 1 }}",
                "line 1, column 7: expected the end of the tag, found `:`; write `{% raw %}` before braces that are text"
            ),
            (
                "{{ x.__class__.__mro__() }}",
                "line 1, column 16: the method `__mro__` is not supported; use a filter; of methods there is only `items()`"
            ),
            (
                "é {{ ü ~ 1 }}",
                "line 1, column 8: the operator `~` is not supported; write texts side by side, as in `{{ a }}{{ b }}`, and pass computed numbers as arguments"
            ),
        ]
    )
    func structure(template: String, message: String) {
        #expect(refusal(of: template) == message)
    }

    @Test("an error has its parts")
    func parts() {
        let error = TemplateError(line: 2, column: 3, message: "wrong", hint: "mend it")
        #expect(error.description == "line 2, column 3: wrong; mend it")
        #expect(TemplateError(line: 2, column: 3, message: "wrong").description == "line 2, column 3: wrong")
    }
}
