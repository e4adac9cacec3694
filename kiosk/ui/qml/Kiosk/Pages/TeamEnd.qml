// What of a team's papers is in hand; what is not, each gets with his own card.
TeamPage {
    at: "slip"
}
