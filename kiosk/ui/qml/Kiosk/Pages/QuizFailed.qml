// Too few answers were right: the pages come once more, as often as it takes.

FigurePage {
    isOnRoute: !views.group.isOpen
    at: "safety"
    hasClass: true
    hasCoach: views.detail.hasCoach
    family: views.detail.family
    title: views.lesson.title
    figure: "ui/replay"
    words: qsTrId("lesson.failed.words")
    note: views.lesson.result + " " + qsTrId("lesson.failed.note")
    foot.goLabel: qsTrId("lesson.failed.go")
    onGo: views.visit.go()
}
