// The frame of every worker page: sign on top, route when on a journey, content, and the foot with the yellow plate.
import QtQuick

Rectangle {
    id: page

    required property string badge
    required property string title
    required property string clock
    property string signNote: ""
    property string noteFigure: ""
    property bool refusal: false
    property list<string> stops: []
    property int stop: 0
    property string family: "farm"
    property bool trouble: false
    property bool white: false
    // What is seen in the upper part of a page whose parts have all gone low.
    property string aloft: ""
    property alias foot: plates

    signal go
    signal secondary
    signal turnUp
    signal turnDown
    signal picture

    property real signAside: 0
    // How far the foot keeps from the edges; lists of cards come nearer to them in large text.
    property real edge: Theme.px(48)
    readonly property bool onRoute: stops.length > 0
    // Where content may stand, from below sign and route to above the foot (portrait) or the bar (landscape).
    default property alias content: body.data
    readonly property real bodyTop: sign.height + (onRoute ? Theme.routeHeight : 0)
    readonly property real bodyBottom: Theme.landscape ? height - Theme.barHeight : plates.y - Theme.px(24)

    // In the body: above it nothing is touched in the low position.
    readonly property real touchTop: Math.max(0, Theme.lowTop - bodyTop)
    readonly property real bodyHeight: bodyBottom - bodyTop

    color: white ? Theme.paper : Theme.ground

    Sign {
        id: sign
        width: page.width
        badge: page.badge
        title: page.title
        clock: page.clock
        refusal: page.refusal
        note: page.signNote
        noteFigure: page.noteFigure
        aside: page.onRoute && Theme.landscape ? route.width + Theme.px(64) : page.signAside
    }
    Route {
        id: route
        visible: page.onRoute
        x: Theme.landscape ? page.width - width - Theme.px(280) : 0
        y: Theme.landscape ? Theme.px(12) : sign.height
        width: Theme.landscape ? implicitWidth : page.width
        stops: page.stops
        now: page.stop
        family: page.family
        trouble: page.trouble
    }
    Item {
        id: body
        y: page.bodyTop
        width: page.width
        height: page.bodyBottom - y

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            y: (page.touchTop - height) / 2
            visible: Theme.low && page.aloft.length > 0
            name: visible ? page.aloft : ""
            size: Theme.px(400)
        }
    }
    Rectangle {
        y: page.height - height
        width: page.width
        height: Theme.barHeight
        color: Theme.board
    }
    Foot {
        id: plates
        x: Theme.landscape ? Theme.px(1092) : page.edge
        y: page.height - (Theme.landscape ? Theme.px(170) : Theme.px(396))
        width: page.width - x - (Theme.landscape ? Theme.px(48) : page.edge)
        onGo: page.go()
        onSecondary: page.secondary()
        onTurnUp: page.turnUp()
        onTurnDown: page.turnDown()
        onPicture: page.picture()
    }
}
