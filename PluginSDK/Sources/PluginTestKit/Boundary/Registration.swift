import CHookgate
import PluginPayloads
import PluginSDK

/// What an entry registers, on the entry's thread alone.
final class Registration {
    private(set) var hooks: [HookEntry] = []
    /// Hooks that are plain C functions: recorded, but not callable here.
    private(set) var functions: [(hook: String, signature: String)] = []
    private(set) var problems: [RecordedProblem] = []
    private let host: RecordingHost

    init(_ host: RecordingHost) {
        self.host = host
    }

    /// What the entry gets; valid as long as this object.
    var registrar: OpaquePointer { unsafe OpaquePointer(Unmanaged.passUnretained(self).toOpaque()) }

    static func of(_ registrar: OpaquePointer?) -> Registration? {
        guard let registrar = unsafe registrar else { return nil }
        return unsafe Unmanaged<Registration>.fromOpaque(UnsafeRawPointer(registrar)).takeUnretainedValue()
    }

    func add(_ hook: UnsafePointer<hg_hook>?) -> hg_status {
        guard let hook = unsafe hook?.pointee, unsafe hook.struct_size >= UInt32(MemoryLayout<hg_hook>.size),
            let name = unsafe checked(hook.name.text), let schema = unsafe hook.schema.text,
            let function = unsafe hook.function
        else {
            host.complain("add_hook: a member is null or malformed")
            return hg_status(HG_E_ARGUMENT)
        }
        unsafe hooks.append(HookEntry(name, flags: hook.flags, schema: schema, function, hook.`self`))
        return hg_status(HG_OK)
    }

    func add(_ function: UnsafePointer<hg_function>?) -> hg_status {
        guard let function = unsafe function?.pointee, let name = unsafe checked(function.hook.text),
            let signature = unsafe function.signature.text, unsafe function.function != nil
        else {
            host.complain("add_function: a member is null or malformed")
            return hg_status(HG_E_ARGUMENT)
        }
        functions.append((name, signature))
        return hg_status(HG_OK)
    }

    func addProblem(_ severity: Int32, _ pointer: String?, _ message: String?) {
        guard let pointer, let message else {
            return host.complain("config_problem: the pointer or the message is not UTF-8")
        }
        problems.append(RecordedProblem(severity == HG_PROBLEM_ERROR ? .error : .warning, at: pointer, message))
    }

    /// A hook's name that is in order and new.
    private func checked(_ name: String?) -> String? {
        guard let name, (1...128).contains(name.utf8.count), name.utf8.allSatisfy(Self.isNameByte),
            !hooks.contains(where: { $0.recorded.name == name })
        else { return nil }
        return name
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

/// A registered hook function, and its `self`.
///
/// `@unchecked Sendable`: addresses that the plugin keeps valid until `destroy`, and that are never written.
@safe
struct HookEntry: @unchecked Sendable {
    let recorded: RecordedHook
    let text: StableText
    let function: hg_hook_function
    let context: UnsafeMutableRawPointer?

    init(
        _ name: String,
        flags: UInt32,
        schema: String,
        _ function: hg_hook_function,
        _ context: UnsafeMutableRawPointer?
    ) {
        recorded = RecordedHook(
            name: name,
            mayDeny: flags & UInt32(HG_MAY_DENY) != 0,
            mayModify: flags & UInt32(HG_MAY_MODIFY) != 0,
            maySuspend: flags & UInt32(HG_MAY_SUSPEND) != 0,
            mayBlock: flags & UInt32(HG_MAY_BLOCK) != 0,
            schema: schema
        )
        text = StableText(name)
        unsafe self.function = unsafe function
        unsafe self.context = unsafe context
    }
}
