#include "script/writer/place_choice.h"

#include <algorithm>

#include "base/text/text.h"
#include "script/words/set.h"

namespace script {
namespace {

struct Row {
    std::string_view set, words;
};

// Usual places by kind.
constexpr Row kByKind[] = {
    {"gym",
     "basketball volleyball tennis_ball hoop backboard dumbbell barbell kettlebell punching_bag "
     "boxing_glove racket hurdle medal trampoline"},
    {"football_field", "football baseball soccer_goal goal_post bat whistle"},
    {"park",
     "golf_ball golf_club kite frisbee boomerang skateboard scooter swing seesaw slide balloon "
     "dog bicycle bench drone hot_air_balloon bird tree rabbit squirrel duck bow arrow target "
     "umbrella "
     "roller_skate fountain ball_game"},
    {"bowling_alley", "bowling_ball bowling_pin"},
    {"billiard_hall", "billiard_ball cue billiard_table"},
    {"beach",
     "beach_ball crab turtle seagull starfish surfboard palm_tree shell island lighthouse "
     "parachute coconut"},
    {"table",
     "ping_pong_ball marble domino die toy_soldier slinky puzzle_piece chess_piece chessboard "
     "playing_card house_of_cards spinning_top yoyo newtons_cradle pendulum marble_run "
     "paper_airplane paper_boat origami_crane snow_globe toy_car toy_train jack_in_the_box coin "
     "magnet pencil pen crayon ruler eraser key pearl needle nail screw bolt nut battery watch "
     "ring_jewel diamond scale catapult pinwheel acorn walnut gear light_bulb candle dart "
     "padlock teapot_lid"},
    {"kitchen",
     "cup mug teacup glass wine_glass bottle jar jug teapot kettle plate bowl saucer pot pan "
     "spoon fork knife ladle cutting_board rolling_pin toaster can tray egg bread baguette cake "
     "cupcake donut cookie pizza hamburger cheese ice_cream jelly sandwich tomato potato carrot "
     "corn mushroom apple orange lemon banana pear strawberry cherry grape pineapple fridge "
     "stove vase sugar_cube ice_cube chocolate"},
    {"living_room",
     "cat hamster mouse sofa armchair chair table coffee_table lamp floor_lamp mirror "
     "picture_frame clock grandfather_clock rug curtain bookcase shelf television "
     "teddy_bear doll robot rubber_duck yarn_ball book gift piano window door candy lollipop "
     "chandelier rocking_horse parrot radio remote phone headphones speaker record "
     "tablecloth urn globe washing_machine stool cupboard drawer block cube heart glasses "
     "hat top_hat umbrella_stand"},
    {"bedroom",
     "bed pillow mattress blanket sheet sock shoe shirt towel tie wallet handkerchief backpack"},
    {"construction_site",
     "wrecking_ball crane bulldozer brick wall beam plank pipe scaffold wheelbarrow "
     "traffic_cone shovel pickaxe ladder barricade hammer column"},
    {"warehouse",
     "barrel crate box cannonball anvil weight steel_drum chain hook rope wrench "
     "screwdriver saw axe suitcase bomb rod plate_sheet wheel spring bucket"},
    {"street",
     "car truck bus van taxi racing_car motorcycle tram traffic_light street_lamp mailbox "
     "fire_hydrant phone_booth skyscraper shopping_cart trash_can signpost newspaper bag"},
    {"mountain_meadow",
     "horse cow sheep goat pig tractor train house cabin barn windmill hill mountain "
     "boulder sunflower flower well church tent fence gate butterfly unicorn helicopter "
     "airplane bridge rock log cloud eagle kangaroo haystack scarecrow castle tower "
     "cannon catapult_big bush chicken"},
    {"forest",
     "fox wolf bear deer owl hedgehog pinecone pine_tree stump branch stick leaf monkey tiger "
     "panda snake acorn_tree arch stone"},
    {"desert",
     "camel lion elephant giraffe zebra lizard cactus dinosaur dragon pyramid rocket spaceship "
     "skeleton treasure_chest sword shield spear"},
    {"lake",
     "boat sailboat ship submarine canoe swan flamingo whale fish octopus shark crocodile frog "
     "iceberg dolphin rubber_raft"},
    {"snow_field", "snowball snowman penguin sled ski snowboard igloo snowflake icicle"},
    {"ice_rink", "puck hockey_stick ice_skate"},
    {"garden",
     "flowerpot watering_can snail bee ladybug spider rake broom tulip rose pumpkin watermelon "
     "grass lantern basket statue"},
    {"stage",
     "guitar violin drum trumpet flute xylophone cymbal accordion microphone mannequin trophy gong "
     "crown mask"},
    {"classroom",
     "desk computer laptop monitor keyboard_computer telescope map letter envelope paper"},
    {"lab", "prism crystal light_beam"},
    {"moon", "astronaut ufo planet"},
    {"pool", "torus"},
    {"studio", "ball sphere cylinder cone disc hemisphere wedge ring star egg_shape panel bubble"},
};

// Usual places by what a person is.
constexpr Row kByRole[] = {
    {"gym",
     "basketball|gymnast|acrobat|tennis|volleyball|boxer|wrestler|weight|bodybuilder|trapeze|"
     "baller|hoops|sumo|martial|karate|kickbox|dunker"},
    {"football_field",
     "football|soccer|baseball|runner|sprinter|athlete|goalkeeper|striker|jogger|hurdler|"
     "batter|goalie|cricket"},
    {"ice_rink", "skater|hockey|ice dancer"},
    {"stage",
     "ballerina|dancer|musician|clown|juggler|singer|guitarist|drummer|pianist|violinist|magician|"
     "actor|actress|mime|jester|conductor|rock star|rapper|wizard|opera"},
    {"park", "golfer|skateboarder|cyclist|artist|painter|photographer|bride|groom"},
    {"bowling_alley", "bowler"},
    {"billiard_hall", "billiard|pool player|snooker|pool shark"},
    {"snow_field", "skier|snowboarder|santa|ski jumper"},
    {"pool", "swimmer|lifeguard|diver"},
    {"beach", "surfer|pirate"},
    {"kitchen", "chef|cook|baker|waiter|waitress|barista|butcher|bartender"},
    {"lab",
     "scientist|chemist|physicist|professor|researcher|inventor|engineer|doctor|nurse|surgeon|"
     "robotic"},
    {"classroom", "teacher|librarian|student|tutor"},
    {"street",
     "police|cop|driver|taxi|business|detective|spy|gangster|robber|thief|superhero|biker|guard|"
     "firefighter|fireman|lawyer|burglar"},
    {"construction_site",
     "builder|construction|worker|carpenter|mechanic|plumber|bricklayer|blacksmith"},
    {"garden", "farmer|gardener|shepherd|fairy"},
    {"mountain_meadow",
     "knight|soldier|king|queen|climber|hiker|mountaineer|warrior|viking|monk|archer|"
     "prince"},
    {"desert", "cowboy|cowgirl|gunslinger|samurai|ninja|gladiator"},
    {"moon", "astronaut|spaceman|cosmonaut"},
    {"football_field", "player"},  // of a game that no row above has named
};

constexpr Row kByFloor[] = {
    {"warehouse", "concrete steel aluminium iron copper"},
    {"street", "asphalt"},
    {"beach", "sand"},
    {"ice_rink", "ice"},
    {"kitchen", "tile"},
    {"snow_field", "snow"},
    {"living_room", "wood carpet wool fabric cotton"},
    {"studio", "rubber glass plastic leather marble_stone foam paper plaster"},
    {"park", "grass"},
    {"stairs", ""},
    {"rooftop", "stone brick"},
    {"mountain_meadow", "straw leaf"},
};

bool has_word(std::string_view words, std::string_view word) {
    for (const std::string& one : base::split(words, ' ')) {
        if (one == word) return true;
    }
    return false;
}

std::string_view usual_place(const Noun& noun) {
    for (const Row& row : kByKind) {
        if (has_word(row.words, noun.kind)) return row.set;
    }
    if (noun.category == "animal") return "park";
    if (noun.category == "vehicle") return "street";
    if (noun.category == "food") return "kitchen";
    if (noun.category == "furniture") return "living_room";
    if (noun.category == "kitchen") return "kitchen";
    if (noun.category == "nature") return "mountain_meadow";
    if (noun.category == "building") return "mountain_meadow";
    if (noun.category == "sport") return "gym";
    if (noun.category == "clothing") return "bedroom";
    if (noun.category == "person") return "park";
    if (noun.category == "toy" || noun.category == "media") return "living_room";
    if (noun.category == "tool") return "warehouse";
    return "studio";
}

}  // namespace

void PlaceChoice::vote(std::string_view set, double weight) {
    if (set.empty() || weight <= 0) return;
    for (PlaceVote& one : votes_) {
        if (one.set == set) {
            one.weight += weight;
            return;
        }
    }
    votes_.push_back({set, weight});
}

void PlaceChoice::vote_thing(const Noun& noun, std::string_view role, double weight,
                             double size_m) {
    if (noun.category == "person" && !role.empty()) {
        for (const Row& row : kByRole) {
            for (const std::string& part : base::split(row.words, '|')) {
                if (role.find(part) != std::string_view::npos) return vote(row.set, 1.6 * weight);
            }
        }
    }
    std::string_view set = usual_place(noun);
    // Small things stand on a table, the same things grown big do not.
    if (set == "table" && size_m > 0.5) set = "living_room";
    // Plain shapes and people can be anywhere; they hardly ask for a place.
    if (noun.category == "ball") weight *= 0.6;  // balls are thrown and dropped everywhere
    // The heavy ball of all experiments; the alley asks for itself by its lane and its pins.
    if (noun.kind == "bowling_ball") weight *= 0.6;
    const bool anywhere =
        set == "studio" || (noun.category == "person" && noun.kind != "astronaut");
    vote(set, anywhere ? 0.3 * weight : weight);
}

void PlaceChoice::vote_floor(std::string_view material, double weight) {
    for (const Row& row : kByFloor) {
        if (has_word(row.words, material)) return vote(row.set, weight);
    }
}

void PlaceChoice::vote_part(std::string_view part, double weight) {
    if (part == "floor" || part == "wall" || part == "ceiling") {
        if (part != "floor") {
            vote("living_room", 0.4 * weight);
            vote("warehouse", 0.2 * weight);
        }
        return;
    }
    if (part == "water") {
        vote("pool", 0.5 * weight);
        vote("lake", 0.45 * weight);
        return;
    }
    if (part == "shelf" || part == "counter") {
        vote("kitchen", weight);
        if (part == "shelf") vote("living_room", 0.9 * weight);
        return;
    }
    if (part == "net") {
        vote("gym", 0.5 * weight);
        return;
    }
    if (part == "table") {
        vote("living_room", 0.8 * weight);
        vote("kitchen", 0.7 * weight);
        return;
    }
    if (part == "board" || part == "door") return;
    for (const Set& set : sets()) {
        if (set_has_part(set.name, part)) {
            vote(set.name, weight);
            weight *= 0.5;
        }
    }
}

std::string_view PlaceChoice::winner() const {
    const auto best = std::max_element(
        votes_.begin(), votes_.end(),
        [](const PlaceVote& a, const PlaceVote& b) { return a.weight < b.weight; });
    return best == votes_.end() ? std::string_view() : best->set;
}

std::string_view PlaceChoice::winner_outdoors() const {
    PlaceChoice open_air;
    for (const PlaceVote& one : votes_) {
        const Set* set = set_of_name(one.set);
        if (set != nullptr && set->outdoors) open_air.votes_.push_back(one);
    }
    return open_air.winner();
}

}  // namespace script
