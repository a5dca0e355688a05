import GatewayTemplates
import PluginPayloads

/// Compiles and renders with arguments in JSON.
func render(
    _ text: String,
    _ json: String = "{}",
    autoescape: Bool = false,
    limits: RenderLimits = RenderLimits()
) throws -> String {
    let arguments = try PayloadBlock(json: json)
    return try PromptTemplate(text).render(arguments.root, autoescape: autoescape, limits: limits)
}

/// Why a template is refused; empty if it is not.
func refusal(of text: String) -> String {
    do throws(TemplateError) {
        _ = try PromptTemplate(text)
        return ""
    } catch {
        return error.description
    }
}

/// Why rendering fails; `nil` if it does not.
func failure(
    _ text: String,
    _ json: String = "{}",
    limits: RenderLimits = RenderLimits()
) throws -> RenderError? {
    let arguments = try PayloadBlock(json: json)
    let template = try PromptTemplate(text)
    do throws(RenderError) {
        _ = try template.render(arguments.root, limits: limits)
        return nil
    } catch {
        return error
    }
}

/// Arguments for the tables: something of every kind.
let person = """
    {"user": "Ann", "empty": "", "n": 3, "zero": 0, "yes": true, "no": false, "null": null, "xs": ["a", "b", "c"],
    "none_at_all": [], "m": {"k": "v", "two words": {"b": "deep"}, "a.b": "dotted"}, "no_keys": {},
    "html": "<b>&\\"'</b>", "sp": "  x y \\n", "uni": "Ünï ß", "big": 12345678901234567890, "price": 1.10,
    "people": [{"name": "A", "ok": true}, {"name": "B", "ok": false}], "pairs": [["a", 1], ["b", 2]],
    "title": "hello wORLD-of (things) o'neil"}
    """
