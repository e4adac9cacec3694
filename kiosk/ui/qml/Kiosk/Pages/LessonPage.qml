// A page of a safety class: the route stands at its stop, and a row of dots tells how far one is.
import Kiosk.Kit

JourneyPage {
    id: page

    // In landscape words stand on the left and pictures on the right.
    readonly property real wordsWidth: Theme.landscape ? Theme.px(820) : width - Theme.px(96)
    readonly property real wordsTop: dots.y + dots.height + Theme.px(Theme.landscape ? 40 : 28)

    at: "safety"
    hasClass: true
    isOnRoute: !views.group.isOpen
    hasCoach: views.detail.hasCoach
    family: views.detail.family
    title: views.lesson.title

    StepDots {
        id: dots
        x: Theme.px(48)
        y: Theme.px(Theme.landscape ? 28 : 36)
        visible: page.views.lesson.place.length > 0
        marks: page.views.lesson.dots
        words: page.views.lesson.place
        room: page.wordsWidth
    }
}
