// The class is passed: each member lays the card down once more and signs.
FigurePage {
    title: views.group.title
    figure: "education/sign_hand"
    words: qsTrId("lesson.group.roll")
    note: views.group.signed + (views.group.said.length > 0 ? " · " + views.group.said : "")
    foot.goLabel: qsTrId("lesson.group.over")
    foot.goReady: views.group.isOver
    onGo: views.visit.go()
}
