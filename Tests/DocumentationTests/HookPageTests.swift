import PluginHooks
import PluginPayloads
import Testing

@Suite("The page of a hook")
struct HookPageTests {
    private static let guides = ["CustomHooks", "HookReference", "ModesAndState", "Violations"]

    @Test("is there for each standard hook, and for nothing else")
    func pages() throws {
        #expect(try Page.names().sorted() == (Self.guides + HookName.standard.map(\.text)).sorted())
    }

    @Test("has the hook's name as its title", arguments: HookName.standard)
    func title(hook: HookName) throws {
        #expect(try Page(hook.text).title == hook.text)
    }

    @Test(
        "has the fields of the payload with their types, and whether they may be missing",
        arguments: HookName.standard
    )
    func fields(hook: HookName) throws {
        let rows = try Page(hook.text).section("Payload").rows
        let shape = try #require(hook.payloadShape)
        #expect(rows.map { Array($0.prefix(3)) } == shape.fields.map(Self.row))
        #expect(rows.allSatisfy { $0.count == 4 && !$0[3].isEmpty })
    }

    private static func row(_ field: PayloadShape.Field) -> [String] {
        let elements = field.elements == .any ? "" : " of \(field.elements.rawValue)"
        let optional = field.isRequired ? "no" : field.isNullable ? "yes" : "absent"
        return ["`\(field.name)`", field.type.rawValue + elements, optional]
    }

    @Test("says what a plugin may change", arguments: HookName.standard)
    func change(hook: HookName) throws {
        let statement = try Page(hook.text).section("What a plugin may change").statement("May change")
        let strict = ReplyPolicy(hook: hook, allowsOthers: false)
        let expected =
            switch ReplyPolicy(hook: hook) {
            case .fields(let names): names.map { "`\($0)`" }.joined(separator: ", ")
            case .anyField where strict == .fields([]):
                "any field, unless `plugin_settings.default_hook_policy` is `deny`"
            case .anyField: "any field"
            case .headers(let field): "headers, by a whole map that replaces `\(field)` for the next plugin"
            case .value, .decision: "no field; the answer is a value of its own"
            }
        #expect(statement == expected + ".")
    }

    @Test("has an example that is a payload of the hook", arguments: HookName.standard)
    func example(hook: HookName) throws {
        let line = try Self.line(of: hook)
        #expect(line.object?.map(\.0) == ["hook", "payload"])
        #expect(line["hook"]?.string == hook.text)
        let payload = try PayloadBlock(#require(line["payload"]?.object))
        #expect(hook.payloadShape?.problem(in: payload.root) == nil)
        let known = Set(hook.payloadShape?.fields.map(\.name) ?? [])
        #expect(line["payload"]?.object?.allSatisfy { known.contains($0.0) } == true)
    }

    private static func line(of hook: HookName) throws -> JSONValue {
        try JSONValue(json: try Page(hook.text).section("Example").code("json"))
    }

    @Test("names the key of a condition that looks at the payload", arguments: HookName.standard)
    func condition(hook: HookName) throws {
        let statement = try Page(hook.text).section("Conditions").statement("Key of its own")
        let payload = try PayloadBlock(#require(Self.line(of: hook)["payload"]?.object))
        let context = try RequestContext(RequestIdentity(requestID: "1"))
        let keys: [(String, WritableKeyPath<HookConditions.Alternative, [String]>)] = [
            ("tools", \.tools), ("prompts", \.prompts), ("resources", \.resources), ("agents", \.agents),
        ]
        let used = keys.filter { _, path in
            var other = HookConditions.Alternative()
            other[keyPath: path] = ["something else"]
            return !HookConditions([other]).match(hook: hook, payload: payload, context: context)
        }
        #expect(statement.hasPrefix(used.isEmpty ? "none" : used.map { "`\($0.0)`," }.joined()))
    }
}
