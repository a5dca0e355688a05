import CHookgate

extension BlockValue {
    /// What a message calls a value of this type: "a string", "an object".
    public var typeDescription: String {
        switch unsafe Int(hg_type(handle)) {
        case HG_NULL: "null"
        case HG_BOOL: "a boolean"
        case HG_INT64, HG_DOUBLE, HG_NUMBER: "a number"
        case HG_STRING: "a string"
        case HG_BYTES: "bytes"
        case HG_ARRAY: "an array"
        default: "an object"
        }
    }
}
