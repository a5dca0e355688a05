import YAMLTree

/// Rule: times are given in seconds, more than none and at most a day.
enum TimeLimits {
    private static let longest: Double = 86_400
    private static let suspicious: Double = 3_600
    private static let unitHint = "the unit is seconds, not milliseconds"

    static func check(_ seconds: Double, _ field: Field) -> Duration? {
        let text = field.scalar?.shortText ?? ""
        guard seconds <= longest else {
            field.error("must be at most \(Int(longest)) seconds, found \(text)", hint: unitHint)
            return nil
        }
        guard seconds > 0, .seconds(seconds) > Duration.zero else {
            field.error("must be more than 0 seconds, found \(text)")
            return nil
        }
        // Some documents give milliseconds; nobody means to wait longer than an hour for one plugin.
        if seconds > suspicious {
            field.log.warning(
                "\(text) seconds are more than an hour",
                at: field.position,
                path: field.path,
                hint: unitHint
            )
        }
        return .seconds(seconds)
    }
}
