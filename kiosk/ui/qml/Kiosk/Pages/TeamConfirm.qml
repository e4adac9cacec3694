// The last look of a team: who goes, and what touching the yellow plate means.
TeamPage {
    at: "confirm"
}
