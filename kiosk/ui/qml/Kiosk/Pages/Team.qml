// Who goes along lays a card down, one after another; each is named, and none ends the visit.
TeamPage {
    at: "choose"
}
