import CHookgate

// The slow way to a field, which knows the reason of every failure. Calls take the fast one, `FieldTable`.
//
// A value is read while its payload is valid, and the payloads given to the runtime are checked blocks: that makes
// every use of `hg_value` in this file right.

extension FieldPath {
    /// The object that has the field or lacks it; throws which field on the way is missing, or no object.
    func holder(in payload: hg_value) throws(FieldError) -> hg_value {
        var value = unsafe payload
        for (depth, key) in keys.enumerated() {
            let name = depth == 0 ? "the payload" : "field \"\(keys.prefix(depth).joined(separator: "."))\""
            guard unsafe value.isPresent else { throw FieldError("\(name) is missing") }
            guard unsafe value.isObject else {
                throw unsafe FieldError("\(name) is \(value.kind), the signature wants an object")
            }
            if depth < keys.count - 1 { unsafe value = value.member(key) }
        }
        return unsafe value
    }

    /// Says why the field is no argument of a type.
    func mismatch(with type: FunctionSignature.FieldType, in payload: hg_value) -> FieldError {
        do throws(FieldError) {
            let value = unsafe try holder(in: payload).member(keys[keys.count - 1])
            return FieldError("field \"\(self)\" " + (unsafe value.mismatch(with: type)))
        } catch {
            return error
        }
    }
}

extension hg_value {
    /// The value of an object's key, or no value.
    func member(_ key: String) -> hg_value {
        unsafe key.withSlice { unsafe hg_get(self, $0) }
    }

    fileprivate var isObject: Bool { unsafe Int(hg_type(self)) == HG_OBJECT }

    fileprivate var isPresent: Bool {
        let type = unsafe Int(hg_type(self))
        return type != HG_MISSING && type != HG_NULL
    }

    fileprivate var isNumber: Bool {
        let type = unsafe Int(hg_type(self))
        return type == HG_INT64 || type == HG_DOUBLE || type == HG_NUMBER
    }

    fileprivate var kind: String {
        switch unsafe Int(hg_type(self)) {
        case HG_BOOL: "a boolean"
        case HG_INT64, HG_DOUBLE, HG_NUMBER: "a number"
        case HG_STRING: "a string"
        case HG_BYTES: "bytes"
        case HG_ARRAY: "an array"
        default: "an object"
        }
    }

    fileprivate func mismatch(with type: FunctionSignature.FieldType) -> String {
        guard unsafe isPresent else { return "is missing" }
        guard unsafe isNumber, type == .i64 || type == .f64 else {
            return unsafe "is \(kind), the signature wants \(type)"
        }
        var integer: Int64 = 0
        let isFraction = unsafe type == .i64 && Int(hg_int64(self, &integer)) == HG_NUMBER_INEXACT
        return isFraction ? "is a number with a fraction, the signature wants i64" : "is out of the range of \(type)"
    }
}

extension String {
    /// Lends the text as a slice, which is valid inside the closure alone.
    func withSlice<Value>(_ body: (hg_slice) -> Value) -> Value {
        var text = self
        return text.withUTF8 { unsafe body(hg_slice_of($0.baseAddress, $0.count)) }
    }
}
