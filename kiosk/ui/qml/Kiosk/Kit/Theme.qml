// The one place that knows colours, type steps, spacing and how they scale; every number is a pixel at 1080 wide.
pragma Singleton
import QtQuick

QtObject {
    id: theme

    // Set by the window: its size, and what the person chose.
    property real width: 1080
    property real height: 1920
    property bool large: false
    property bool latin: false
    // What the band over every page says while somebody practises; empty when things count.
    property string practice: ""
    property bool highContrast: false
    property bool low: false

    readonly property bool landscape: width > height
    readonly property real s: Math.min(width, height) / 1080

    // In high contrast what is written is white and what it is written on is black; only going stays yellow.
    readonly property color ink: highContrast ? "#FFFFFF" : "#111111"
    readonly property color paper: highContrast ? "#000000" : "#FFFFFF"
    readonly property color ground: highContrast ? "#000000" : "#E8E8E3"
    readonly property color mute: highContrast ? "#E6E6E6" : "#454545"
    readonly property color rule: highContrast ? "#9A9A9A" : "#BDBDB4"
    readonly property color off: highContrast ? "#9A9A9A" : "#8C8C86"
    readonly property color parting: highContrast ? rule : ground
    readonly property color go: "#FFC800"
    readonly property color goInk: "#111111"
    readonly property color goEdge: highContrast ? go : ink
    readonly property color stop: highContrast ? "#FF9E9E" : "#B3001B"
    readonly property color ok: highContrast ? "#7FE0A8" : "#00653A"
    // Sign and bar are boards: dark in either look, with white on them.
    readonly property color board: highContrast ? "#000000" : "#111111"
    readonly property color boardInk: "#FFFFFF"
    // The band over a learner's pages: dark words on a light strip in either look, unlike all that counts.
    readonly property color band: highContrast ? "#FFFFFF" : rule
    readonly property color bandInk: "#111111"
    readonly property color refusal: "#B3001B"
    readonly property color key: highContrast ? "#000000" : "#2B2B2B"
    readonly property color keyOff: highContrast ? "#8C8C8C" : "#6E6E6A"
    readonly property color track: highContrast ? "#8C8C8C" : "#5A5A5A"
    readonly property color farm: "#0C4A22"
    readonly property color build: "#8C4400"
    readonly property color factory: "#0A3478"
    readonly property color kitchen: "#9B0A47"
    readonly property color care: "#7B2DBE"
    readonly property color transport: "#00626F"
    readonly property var families: ({ farm: farm, build: build, factory: factory, kitchen: kitchen, care: care, transport: transport })

    readonly property string face: "Noto Sans SC"
    readonly property int medium: 500
    readonly property int bold: 700
    readonly property int black: 900

    // Type steps; Latin words take one step less than Hanzi, digits and the smallest step never do.
    readonly property int keyStep: 32
    readonly property int noteStep: latin ? 34 : 36
    readonly property int secondStep: latin ? 36 : 40
    readonly property int rowStep: latin ? 40 : 44
    readonly property int valueStep: latin ? 43 : 48
    readonly property int headStep: latin ? 46 : 52
    readonly property int plateStep: latin ? 48 : 56
    readonly property int titleStep: 60
    readonly property int clockStep: 72
    readonly property int answerStep: latin ? 56 : 68
    readonly property int goStep: latin ? 72 : 76
    readonly property int questionStep: latin ? 76 : 92
    readonly property int payStep: 120

    // Where plates are as dark as what lies behind them, an edge tells them from it.
    readonly property real edge: highContrast ? line(4) : 0
    // In the low position nothing that is touched stands above this: the lower three fifths of an upright glass.
    readonly property real lowTop: low ? Math.round(height * 0.4) : 0
    readonly property real margin: px(large ? 24 : 48)
    readonly property real gap: px(24)
    readonly property real signHeight: px(landscape ? 128 : 160)
    readonly property real routeHeight: landscape ? 0 : px(136)
    readonly property real barHeight: px(204)
    readonly property real plateHeight: px(landscape ? 148 : 168)

    function px(length: real): real {
        return Math.round(length * s);
    }
    function line(width: real): real {
        return Math.max(2, Math.round(width * s));
    }
    function type(step: real): real {
        return Math.round(step * s * (large ? (step > 100 ? 1.36 : 1.25) : 1));
    }
    function family(name: string): color {
        return highContrast ? ink : families[name] ?? ink;
    }
}
