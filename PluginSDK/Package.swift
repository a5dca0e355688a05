// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "PluginSDK",
    products: [
        .library(name: "CHookgate", targets: ["CHookgate"]),
        .library(name: "PluginPayloads", targets: ["PluginPayloads"]),
        .library(name: "PluginSDK", targets: ["PluginSDK"]),
        .library(name: "PluginSchema", targets: ["PluginSchema"]),
        .library(name: "PluginText", targets: ["PluginText"]),
        .library(name: "PluginTestKit", targets: ["PluginTestKit"]),
    ],
    targets: [
        .target(name: "CHookgate"),
        .target(name: "PluginPayloads", dependencies: ["CHookgate"]),
        .target(name: "PluginSDK", dependencies: ["PluginPayloads", "CHookgate"]),
        .systemLibrary(
            name: "CPCRE2",
            pkgConfig: "libpcre2-8",
            providers: [.apt(["libpcre2-dev"])]
        ),
        .target(name: "PluginText", dependencies: ["PluginPayloads", "CHookgate", "CPCRE2"]),
        .target(name: "PluginSchema", dependencies: ["PluginPayloads", "PluginText"]),
        .target(name: "PluginTestKit", dependencies: ["PluginSDK", "PluginPayloads", "CHookgate"]),
        .testTarget(name: "CHookgateTests"),
        .testTarget(name: "PluginPayloadsTests", dependencies: ["PluginPayloads", "CHookgate"]),
        .target(name: "CPluginFixtures", dependencies: ["CHookgate"], path: "Tests/CPluginFixtures"),
        .testTarget(name: "PluginSDKTests", dependencies: ["PluginSDK", "PluginTestKit", "CPluginFixtures"]),
        .testTarget(name: "PluginSchemaTests", dependencies: ["PluginSchema", "PluginPayloads"]),
        .testTarget(name: "PluginTextTests", dependencies: ["PluginText", "PluginPayloads"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c11
)

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
]

for target in package.targets where target.type == .regular || target.type == .test {
    guard target.name != "CHookgate" else { continue }
    let explicit: [SwiftSetting] = target.type == .regular ? [.treatWarning("ExplicitSendable", as: .error)] : []
    target.swiftSettings = (target.swiftSettings ?? []) + settings + explicit
}
