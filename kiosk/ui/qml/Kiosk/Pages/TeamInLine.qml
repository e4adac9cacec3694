// A team stands in a line: from which place on, and by which numbers its members are called.
TeamPage {
    isOnRoute: false
}
