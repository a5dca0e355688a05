/// One alternative of a plugin's conditions: all lists that are not empty must match.
package struct Condition: Sendable, Equatable {
    package enum Match: String, Sendable, Equatable, CaseIterable {
        case exact
        case glob
    }

    package var serverIDs: [String] = []
    package var tenantIDs: [String] = []
    package var tools: [String] = []
    package var prompts: [String] = []
    package var resources: [String] = []
    package var agents: [String] = []
    package var userPatterns: [String] = []
    package var contentTypes: [String] = []
    package var match = Match.exact

    package init() {}
}
