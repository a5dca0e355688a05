import CHookgate

/// The runtime refused what a plugin wanted to do.
struct RuntimeRefusal: Error, CustomStringConvertible {
    /// The function of the host table.
    let function: String
    let status: hg_status

    var description: String { "the runtime refused \"\(function)\": \(reason)" }

    private var reason: String {
        switch Int(status) {
        case HG_E_ARGUMENT: "an argument is malformed or out of range"
        case HG_E_MEMORY: "the call's memory is used up"
        case HG_E_STATE: "it is not allowed now, or was done already"
        case HG_E_TYPE: "a value has another type than it needs"
        case HG_E_LIMIT: "it is too deep, too long or too many"
        case HG_E_UNSUPPORTED: "this runtime does not know it"
        case HG_E_FORBIDDEN: "the hook's options promise not to do it, or the operator does not allow it"
        default: "status \(status)"
        }
    }
}
