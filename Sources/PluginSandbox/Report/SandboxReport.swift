package import PluginPayloads

/// Which parts of a sandbox are in force, and which are not and why.
package struct SandboxReport: Sendable, Hashable {
    /// A part that is not in force.
    package struct Missing: Sendable, Hashable {
        package var part: SandboxPart
        package var reason: String

        package init(_ part: SandboxPart, _ reason: String) {
            (self.part, self.reason) = (part, reason)
        }
    }

    package var profile: SandboxPolicy.Profile
    package var inForce: [SandboxPart] = []
    package var missing: [Missing] = []
    /// What else is worth knowing: paths that are not there, a user that this container does not have.
    package var remarks: [String] = []

    package init(_ profile: SandboxPolicy.Profile) {
        self.profile = profile
    }

    /// One line for the log, about what is missing; `nil` if nothing is.
    package var warning: String? {
        guard !missing.isEmpty else { return nil }
        let parts = missing.map { "\($0.part.phrase): \($0.reason)" }
        return "the sandbox \(profile.rawValue) is incomplete: " + parts.joined(separator: "; ")
    }
}

extension SandboxReport {
    /// The whole report, for the way to the gateway and for its status.
    package var object: JSONObject {
        [
            "profile": .string(profile.rawValue), "in_force": .array(inForce.map { .string($0.rawValue) }),
            "missing": .array(missing.map { ["part": .string($0.part.rawValue), "reason": .string($0.reason)] }),
            "remarks": .array(remarks.map(JSONValue.string)),
        ]
    }

    /// Reads what ``object`` has written.
    ///
    /// It comes from a process that runs foreign code, so it is read strictly; `nil` if a part of it is wrong.
    package init?(_ value: JSONValue) {
        guard let profile = value["profile"]?.string.flatMap(SandboxPolicy.Profile.init),
            let inForce = value["in_force"]?.array, let missing = value["missing"]?.array,
            let remarks = value["remarks"]?.array
        else { return nil }
        self.init(profile)
        for value in inForce {
            guard let part = value.string.flatMap(SandboxPart.init) else { return nil }
            self.inForce.append(part)
        }
        for value in missing {
            guard let part = value["part"]?.string.flatMap(SandboxPart.init), let reason = value["reason"]?.string
            else {
                return nil
            }
            self.missing.append(Missing(part, reason))
        }
        for value in remarks {
            guard let remark = value.string else { return nil }
            self.remarks.append(remark)
        }
    }
}
