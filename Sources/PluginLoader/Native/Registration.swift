import CHookgate
package import PluginPayloads

/// What a plugin said in its entry: its hooks, and what is wrong with its configuration.
package struct Registration: Sendable {
    /// One hook of the plugin.
    package struct Hook: Sendable {
        package let name: HookName
        package let mayDeny: Bool
        package let mayModify: Bool
        package let maySuspend: Bool
        package let mayBlock: Bool
        /// The schema of a custom hook's payload, if it has one.
        package let schema: JSONValue?
        let code: HookCode
    }

    package var hooks: [Hook] = []
    package var problems: [ConfigurationProblem] = []
    /// Registrations that were refused; each fails the plugin.
    package var refusals: [String] = []

    /// All refusals in one line; `nil` if there is none.
    var refusal: String? { refusals.isEmpty ? nil : refusals.joined(separator: "; ") }

    /// Adds a hook, or a refusal that says why not.
    ///
    /// - Returns: The status for the plugin.
    mutating func add(
        _ name: String?,
        flags: UInt32,
        schema: String?,
        code: () throws(RegistrationRefusal) -> HookCode
    ) -> hg_status {
        do throws(RegistrationRefusal) {
            let name = try Self.checked(name)
            guard flags & ~Self.knownFlags == 0 else {
                throw RegistrationRefusal("unknown flags \(flags): the plugin was built for a newer runtime")
            }
            guard !hooks.contains(where: { $0.name == name }) else {
                throw RegistrationRefusal("it is registered twice; register one function that does both")
            }
            let code = try code()
            hooks.append(
                Hook(
                    name: name,
                    mayDeny: flags & UInt32(HG_MAY_DENY) != 0,
                    mayModify: flags & UInt32(HG_MAY_MODIFY) != 0 && code.mayModify,
                    maySuspend: flags & UInt32(HG_MAY_SUSPEND) != 0,
                    mayBlock: flags & UInt32(HG_MAY_BLOCK) != 0,
                    schema: try Self.checked(schema: schema),
                    code: code
                )
            )
            return hg_status(HG_OK)
        } catch {
            refusals.append("hook \(name.map { "\"\($0)\"" } ?? "without a name"): \(error.reason)")
            return hg_status(HG_E_ARGUMENT)
        }
    }

    private static let knownFlags = UInt32(HG_MAY_DENY | HG_MAY_MODIFY | HG_MAY_SUSPEND | HG_MAY_BLOCK)

    private static func checked(_ name: String?) throws(RegistrationRefusal) -> HookName {
        guard let name, !name.isEmpty else { throw RegistrationRefusal("the name is missing") }
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard allowed, name.utf8.count <= 128 else {
            throw RegistrationRefusal("the name may have a-z, 0-9 and _ . : - and at most 128 bytes")
        }
        return HookName(name)
    }

    private static func checked(schema: String?) throws(RegistrationRefusal) -> JSONValue? {
        guard let schema, !schema.isEmpty else { return nil }
        do {
            let value = try PayloadBlock(json: schema).value
            guard value.object != nil else { throw RegistrationRefusal("the schema is no JSON object") }
            return value
        } catch let refusal as RegistrationRefusal {
            throw refusal
        } catch {
            throw RegistrationRefusal("the schema is no JSON: \(error)")
        }
    }
}

/// Why a registration was refused.
struct RegistrationRefusal: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

/// The code behind a hook.
enum HookCode: Sendable {
    /// A hook function, and the `self` that it gets; null stands for the plugin's.
    ///
    /// Both are addresses that belong to the plugin's image and instance, which every call holds.
    case hook(NativeHook)
    /// A plain C function with a signature.
    case function(BoundFunction)

    /// Whether the code can change the payload at all.
    fileprivate var mayModify: Bool {
        switch self {
        case .hook: true
        case .function(let function): function.mayModify
        }
    }
}

/// A hook function of a plugin, and its `self`.
///
/// `@unchecked Sendable`: the plugin promised to bear calls from any thread, and neither address is written.
@safe
struct NativeHook: @unchecked Sendable {
    let function: hg_hook_function
    let context: UnsafeMutableRawPointer?

    init(function: hg_hook_function, context: UnsafeMutableRawPointer?) {
        unsafe self.function = unsafe function
        unsafe self.context = unsafe context
    }
}
