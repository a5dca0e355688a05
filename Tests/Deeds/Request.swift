import PluginPayloads
import PluginSandbox

/// What the program is asked to do.
struct Request {
    /// The sandbox to enter; `nil` for none.
    var policy: SandboxPolicy?
    var parent: Int32
    var readable: [String]
    /// Whether the second step is done as well.
    var afterLoading: Bool
    var victim: Int32
    /// What to do, in this order.
    var deeds: [String]
    /// The user to be before all that.
    var startAs: UInt32?
    /// A system call that the kernel is to lack, with its first argument or -1.
    var hidden: (call: Int32, option: Int32)?
    /// Whether there is a control connection, over which descriptors come.
    var hasControl: Bool
    /// Whether code that is loaded has filters seem to be in force that are not.
    var pretendsFilters: Bool
    /// Whether there is a thread before the sandbox.
    var hasThread: Bool

    init?(_ value: JSONValue) {
        guard let parent = value["parent"]?.int.flatMap(Int32.init(exactly:)),
            let readable = value["readable"]?.array, let afterLoading = value["after_loading"]?.bool,
            let victim = value["victim"]?.int.flatMap(Int32.init(exactly:)), let deeds = value["deeds"]?.array
        else { return nil }
        policy = value["policy"].flatMap(SandboxPolicy.init)
        self.parent = parent
        self.readable = readable.compactMap(\.string)
        self.afterLoading = afterLoading
        self.victim = victim
        self.deeds = deeds.compactMap(\.string)
        hasControl = value["has_control"]?.bool ?? false
        pretendsFilters = value["pretends_filters"]?.bool ?? false
        hasThread = value["has_thread"]?.bool ?? false
        if let call = value["hidden"]?[0]?.int, let option = value["hidden"]?[1]?.int {
            hidden = (Int32(truncatingIfNeeded: call), Int32(truncatingIfNeeded: option))
        }
        startAs = value["start_as"]?.int.flatMap(UInt32.init(exactly:))
    }
}
