// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "email-guard",
    products: [.library(name: "email_guard", type: .dynamic, targets: ["EmailGuardEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "EmailGuard",
            dependencies: [
                .product(name: "PluginSDK", package: "PluginSDK")
            ]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CEmailGuardManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "EmailGuardEntry",
            dependencies: [
                "EmailGuard", "CEmailGuardManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "EmailGuardTests",
            dependencies: [
                "EmailGuard", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
