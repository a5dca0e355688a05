import CHookgate
import PluginLoader
import PluginPayloads
import Testing

@Suite("The reply that replaces a field")
struct FieldReplacementTests {
    static let payload: JSONValue = [
        "text": "old",
        "args": [
            "first": 1,
            "user": ["id": .number("1.10"), "name": "ada", "tags": ["x", nil, true]],
            "last": .bytes([1, 2]),
        ],
    ]

    struct Example: Sendable {
        let path: FieldPath
        let reply: JSONValue
    }

    static let examples = [
        Example(path: FieldPath("text"), reply: ["text": "new"]),
        Example(path: FieldPath("args"), reply: ["args": "new"]),
        Example(path: FieldPath("other"), reply: ["other": "new"]),
        Example(
            path: FieldPath("args", "first"),
            reply: [
                "args": [
                    "first": "new",
                    "user": ["id": .number("1.10"), "name": "ada", "tags": ["x", nil, true]],
                    "last": .bytes([1, 2]),
                ]
            ]
        ),
        Example(
            path: FieldPath("args", "user", "name"),
            reply: [
                "args": [
                    "first": 1,
                    "user": ["id": .number("1.10"), "name": "new", "tags": ["x", nil, true]],
                    "last": .bytes([1, 2]),
                ]
            ]
        ),
        Example(
            path: FieldPath("args", "user", "email"),
            reply: [
                "args": [
                    "first": 1,
                    "user": ["id": .number("1.10"), "name": "ada", "tags": ["x", nil, true], "email": "new"],
                    "last": .bytes([1, 2]),
                ]
            ]
        ),
    ]

    @Test("is its top-level field with nothing else changed", arguments: examples)
    func replaces(_ example: Example) throws {
        let replacement = FieldReplacement(of: example.path, with: "new")
        #expect(try reply(of: replacement, to: Self.payload) == example.reply)
    }

    @Test(
        "is refused if an object on the way is missing",
        arguments: [
            (FieldPath("user", "name"), "field \"user\" is missing"),
            (FieldPath("args", "team", "name"), "field \"args.team\" is missing"),
            (FieldPath("text", "name"), "field \"text\" is a string, the signature wants an object"),
            (
                FieldPath("args", "user", "tags", "x"),
                "field \"args.user.tags\" is an array, the signature wants an object"
            ),
        ]
    )
    func refuses(path: FieldPath, message: String) {
        let error = #expect(throws: FieldError.self) {
            try reply(of: FieldReplacement(of: path, with: "new"), to: Self.payload)
        }
        #expect(error?.description == message)
    }

    @Test("carries what the function returned")
    func carriesResult() throws {
        let same = try TestFunction("same", "replace args.user.name(cstr args.user.name)")
        let payload: JSONValue = ["args": ["user": ["name": "Zoë"]]]
        guard case .replace(let replacement) = try same(payload) else {
            Issue.record("the function did not replace")
            return
        }
        #expect(replacement == FieldReplacement(of: FieldPath("args", "user", "name"), with: "Zoë"))
        #expect(try reply(of: replacement, to: payload) == payload)
    }

    /// The reply of a replacement, built as the runtime builds it.
    private func reply(of replacement: FieldReplacement, to payload: JSONValue) throws -> JSONValue {
        var builder = unsafe hg_builder()
        unsafe hg_builder_init(&builder, hg_grow_by_realloc, nil, 256)
        defer { unsafe hg_builder_release(&builder) }
        let payload = try PayloadBlock(payload)
        try unsafe payload.withUnsafeBlock { block throws(FieldError) in
            try unsafe replacement.addReply(to: block, in: &builder)
        }
        let reply = unsafe hg_finish(&builder).map { unsafe PayloadBlock(unsafeCopying: $0) }
        return try #require(reply).value
    }
}
