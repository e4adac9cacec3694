// Every part of the kit in every state, for the eye and for the tests; the words are samples.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Kit

Rectangle {
    id: gallery

    property real screenWidth: 1080
    property real screenHeight: 1920
    property bool large: false
    property bool latin: false

    width: Theme.px(2160)
    height: Theme.px(3000)
    color: Theme.ground

    Binding { target: Theme; property: "width"; value: gallery.screenWidth }
    Binding { target: Theme; property: "height"; value: gallery.screenHeight }
    Binding { target: Theme; property: "large"; value: gallery.large }
    Binding { target: Theme; property: "latin"; value: gallery.latin }

    Sign { width: Theme.px(1080); badge: "南"; title: "汽车南站 零工驿站"; clock: "05:12" }
    Sign { x: Theme.px(1080); width: Theme.px(1080); badge: "南"; title: "这个活，您今天去不了"; clock: "05:14"; refusal: true }
    Route { y: Theme.px(160); width: Theme.px(1080); stops: ["选活", "学安全", "确认", "拿单", "上车"]; now: 2; family: "build" }
    Route { x: Theme.px(1080); y: Theme.px(160); width: Theme.px(1080); stops: ["选活", "学安全", "确认", "拿单", "上车"]; now: 3; family: "farm"; trouble: true }

    JobCard { x: Theme.px(48); y: Theme.px(330); family: "farm"; figure: "pictograms/pick"; label: "摘苹果"; pay: "180"; unit: "元/天"; payday: "当天结"; place: "沙井镇"; distance: "18公里"; hours: "7:00–17:00"; departs: "06:20"; departsWord: "开"; bayLabel: "3号位"; ownWay: ""; placesBefore: "还要"; places: "8"; placesAfter: "人"; chosen: true; reasons: ["您想干的", "当天给钱", "有车，30分"]; reasonIcons: ["ui/tick", "ui/payments", "ui/directions_bus"]; rowBefore: "要" }
    JobCard { x: Theme.px(48); y: Theme.px(740); family: "kitchen"; figure: "pictograms/dish"; label: "洗碗"; pay: "20"; unit: "元/小时"; payday: "当天结"; place: "西街"; distance: "2公里"; hours: "10:00–15:00"; departs: ""; departsWord: ""; bayLabel: ""; ownWay: "自己去，没有车"; placesBefore: "还要"; places: "2"; placesAfter: "人"; reasons: []; reasonIcons: []; rowBefore: "要" }
    JobCard { x: Theme.px(48); y: Theme.px(1030); family: "farm"; figure: "pictograms/corn"; label: "玉米制种抽穗"; pay: "12000"; unit: "元/月"; payday: "次月十五日"; place: "白石头沟村委会"; distance: "118公里"; hours: "7:30–17:30"; departs: "06:45"; departsWord: "开"; bayLabel: "12号位"; ownWay: ""; placesBefore: "还要"; places: "30"; placesAfter: "人"; reasons: []; reasonIcons: []; rowBefore: "要" }

    Column {
        x: Theme.px(1128); y: Theme.px(330); spacing: Theme.px(24)
        GoPlate { objectName: "gallery.go"; width: Theme.px(984); label: "看我能去的 18 个活" }
        GoPlate { width: Theme.px(648); label: "下一步"; ready: false }
        GoPlate { width: Theme.px(984); label: "等单子打完"; ready: false; icon: "" }
        Foot { width: Theme.px(984); goLabel: "对，打单子"; secondaryLabel: "不去了" }
        Foot { width: Theme.px(984); goLabel: "看这个活"; upLabel: "上一页"; downLabel: "下一页"; canTurnUp: false }
        Foot { width: Theme.px(984); goLabel: "看这个活"; secondaryLabel: "全部活"; secondaryMosaic: true }
    }
    Row {
        x: Theme.px(48); y: Theme.px(1330); spacing: Theme.px(24)
        Chip { mosaic: true; label: "工种" }
        Chip { icon: "ui/payments"; label: "当天结"; on: true }
        Chip { icon: "ui/directions_bus"; label: "有车" }
        Chip { icon: "ui/keyboard"; label: "拼音找" }
    }
    Row {
        x: Theme.px(48); y: Theme.px(1490); spacing: Theme.px(24)
        FamilyTile { family: "farm"; figure: "pictograms/farm"; label: "农活"; count: "142" }
        FamilyTile { family: "build"; figure: "pictograms/build"; label: "工地"; count: "58" }
        FamilyTile { family: "care"; figure: "pictograms/care"; label: "Home care"; count: "9" }
    }
    Row {
        x: Theme.px(48); y: Theme.px(1830); spacing: Theme.px(32)
        TradeTile { family: "farm"; figure: "pictograms/pick"; label: "摘果子"; count: "64"; chosen: true }
        TradeTile { family: "farm"; figure: "pictograms/sheep"; label: "喂牛羊"; count: "9"; chosen: false }
    }
    Row {
        x: Theme.px(48); y: Theme.px(2200); spacing: Theme.px(24)
        FamilyTab { family: "farm"; figure: "pictograms/farm"; label: "农活"; open: true }
        FamilyTab { family: "build"; figure: "pictograms/build"; label: "工地" }
        Lamp { kind: "ok" }
        Lamp { kind: "warn" }
        Lamp { kind: "stop" }
        Lamp { kind: "unknown" }
        Lamp { kind: "now" }
        Lamp { kind: "waiting" }
    }
    Row {
        x: Theme.px(400); y: Theme.px(2310); spacing: Theme.px(24)
        PlacePlate { text: "3"; size: Theme.px(104) }
        PlacePlate { text: "12"; size: Theme.px(104) }
        PlacePlate { text: "3号位"; words: true }
        Tag { text: "当天结" }
        Radio { }
        Radio { chosen: true }
    }
    JobHead { x: 0; y: Theme.px(2440); width: Theme.px(1080); family: "farm"; figure: "pictograms/pick"; title: "摘苹果"; tasks: "摘果、挑拣、装筐"; employer: "晨禾果蔬合作社"; vetted: "站里核过" }
    PayBand { y: Theme.px(2684); width: Theme.px(1080); pay: "180"; unit: "元/天"; payday: "今天 17:30 给钱"; payNote: "现金，合作社付" }
    Row {
        y: Theme.px(2888); width: Theme.px(1080)
    }
    CoachBand { x: Theme.px(1080); y: Theme.px(1500); width: Theme.px(1080); departs: "06:20"; towards: "去沙井镇"; back: "回程 17:40"; bay: "3"; bayWord: "号位"; seats: "剩 8 座" }
    FactsCell { x: Theme.px(1080); y: Theme.px(1650); icon: "pictograms/fall"; head: "要上梯子，会摔"; note: "有人扶着才上" }
    FactsCell { x: Theme.px(1620); y: Theme.px(1650); icon: "pictograms/hat"; head: "发安全帽、手套"; note: "不收钱，不用自带" }
    JobStrip { x: Theme.px(1128); y: Theme.px(1820); family: "build"; figure: "pictograms/scaffold"; title: "搭架子"; note: "安禾建筑劳务队"; pay: "320"; unit: "元/天" }
    Answer { x: Theme.px(1128); y: Theme.px(2066); figure: "pictograms/lad_hold"; label: "停下，叫人扶住"; chosen: true }
    Answer { x: Theme.px(1128); y: Theme.px(2364); figure: "pictograms/pay_part"; label: "给了一些"; note: "还差一些没给" }
    StateRow { x: Theme.px(1128); y: Theme.px(2660); kind: "ok"; head: "活定好了：摘苹果 180 元/天"; note: "06:20，3 号位，12 座" }
    NoteRow { x: Theme.px(1128); y: Theme.px(2780); icon: "ui/photo_camera"; forbidden: true; head: "不存照片，不存指纹"; note: "也不存您家的详细住址" }
}
