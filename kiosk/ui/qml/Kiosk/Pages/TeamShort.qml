// Not everybody finds room side by side: fewer go, by a touch of the leader, or each for himself.
TeamPage {
    at: "choose"
}
