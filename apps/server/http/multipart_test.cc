#include "apps/server/http/multipart.h"

#include <gtest/gtest.h>

namespace http {
namespace {

class Collector : public PartReceiver {
public:
    std::optional<Refusal> begin(PartHead head) override {
        text += "[" + head.name + "|" + head.filename.value_or("-") + "|" + head.content_type + ":";
        return std::nullopt;
    }
    std::optional<Refusal> data(std::string_view piece) override {
        text += piece;
        return std::nullopt;
    }
    std::optional<Refusal> end() override {
        text += "]";
        return std::nullopt;
    }
    std::string text;
};

// What the receiver heard, or "400: why".
std::string parse(const std::string& body, size_t split, std::string_view boundary = "XX") {
    Collector collector;
    MultipartParser parser(boundary, collector);
    const size_t cut = std::min(split, body.size());
    for (const std::string& piece : {body.substr(0, cut), body.substr(cut)}) {
        if (const auto refusal = parser.feed(piece)) return std::to_string(refusal->status);
    }
    if (const auto refusal = parser.finish()) return std::to_string(refusal->status);
    return collector.text;
}

std::string part(const std::string& head, const std::string& body) {
    return "--XX\r\n" + head + "\r\n\r\n" + body + "\r\n";
}
const std::string kA = "Content-Disposition: form-data; name=\"a\"";

TEST(Multipart, SplitAnywhereItIsTheSame) {
    const std::string body =
        "preamble\r\n" + part(kA, "one") +
        part(
            "Content-Type: image/png\r\ncontent-disposition: form-data; name=file; "
            "filename=\"x \\\"y\\\".png\"",
            std::string("\0\r\n--X\r\n--XY\r\n--XX \r\r\n-\r\n--", 28)) +
        part(kA, "") + "--XX \t\r\n" + kA + "\r\n\r\n--XX\r\n" + kA +
        "\r\n\r\n\r\n\r\n--XX--epilogue";
    const std::string wanted = parse(body, body.size());
    // "--XX \r\r\n" is content: a boundary line holds blanks only.
    EXPECT_EQ(wanted, "[a|-|:one][file|x \"y\".png|image/png:" +
                          std::string("\0\r\n--X\r\n--XY\r\n--XX \r\r\n-\r\n--", 28) +
                          "][a|-|:][a|-|:][a|-|:\r\n]");
    for (size_t at = 0; at <= body.size(); ++at) EXPECT_EQ(parse(body, at), wanted) << at;
}

TEST(Multipart, ByteByByte) {
    const std::string body = part(kA, std::string(300, '\r')) + "--XX--\r\n";
    Collector collector;
    MultipartParser parser("XX", collector);
    for (const char c : body) ASSERT_FALSE(parser.feed({&c, 1}));
    EXPECT_FALSE(parser.finish());
    EXPECT_EQ(collector.text, "[a|-|:" + std::string(300, '\r') + "]");
}

TEST(Multipart, TruncatedAnywhereIsRefused) {
    const std::string body = part(kA, "one") + part(kA, "two") + "--XX--";
    for (size_t size = 0; size < body.size(); ++size) {
        EXPECT_EQ(parse(body.substr(0, size), 5), "400") << size;
    }
    EXPECT_EQ(parse(body, 5), "[a|-|:one][a|-|:two]");
    EXPECT_EQ(parse("--XX--", 2), "") << "a form without parts";
}

TEST(Multipart, Names) {
    const auto named = [](const std::string& parameters) {
        return parse(part("Content-Disposition: form-data; " + parameters, "") + "--XX--", 7);
    };
    EXPECT_EQ(named("name=\"video[id]\""), "[video[id]|-|:]");
    EXPECT_EQ(named("name=\"a%22b%0D%0A%41\""), "[a\"b\r\n%41|-|:]") << "only what browsers escape";
    EXPECT_EQ(named("name=\"f\"; filename=\"\""), "[f||:]");
    EXPECT_EQ(named("name=\"f\"; filename=\"C:\\dir\\x.png\""), "[f|C:\\dir\\x.png|:]");
    EXPECT_EQ(named("name=\"f\"; filename=\"a;b=c.png\""), "[f|a;b=c.png|:]");
    EXPECT_EQ(named("name=\"f\"; filename=\"n.png\"; filename*=UTF-8''na%C3%AFve.png"),
              "[f|na\xC3\xAFve.png|:]");
    EXPECT_EQ(named("name=\"f\"; filename=\"n.png\"; filename*=latin1''x"), "[f|n.png|:]");
    EXPECT_EQ(named("NAME=f ; filename=plain.png"), "[f|plain.png|:]");
    EXPECT_EQ(named("filename=\"x\""), "400");
    EXPECT_EQ(named("name=\"unclosed"), "400");
}

TEST(Multipart, RefusesWhatIsNoForm) {
    EXPECT_EQ(parse(part("Content-Type: text/plain", "x") + "--XX--", 3), "400");
    EXPECT_EQ(parse(part("Content-Disposition: attachment; name=\"a\"", "x") + "--XX--", 3), "400");
    EXPECT_EQ(parse(part(kA + "\r\n" + kA, "x") + "--XX--", 3), "400");
    EXPECT_EQ(parse(part(kA + "\r\n folded: x", "x") + "--XX--", 3), "400");
    EXPECT_EQ(parse(part(kA + "\r\nno colon", "x") + "--XX--", 3), "400");
    EXPECT_EQ(parse(part(kA + "\r\nContent-Transfer-Encoding: base64", "x") + "--XX--", 3), "400");
    EXPECT_EQ(parse(part(kA + "\r\nContent-Transfer-Encoding: binary", "x") + "--XX--", 3),
              "[a|-|:x]");
    EXPECT_EQ(parse("--XX\r\n\r\nx\r\n--XX--", 3), "400");
    EXPECT_EQ(parse("--YY\r\n" + kA + "\r\n\r\nx\r\n--YY--", 3), "400");
    EXPECT_EQ(parse(std::string(100'000, 'p') + "\r\n" + part(kA, "") + "--XX--", 3), "400");
    EXPECT_EQ(parse(part(kA + "\r\nX: " + std::string(20'000, 'h'), "") + "--XX--", 3), "400");
    EXPECT_EQ(parse("--XX\r\nX: " + std::string(20'000, 'h'), 3), "400") << "no end in sight";
    EXPECT_EQ(parse("--XX" + std::string(200, ' ') + "\r\n" + kA + "\r\n\r\n\r\n--XX--", 3), "400");
}

TEST(Multipart, CountsParts) {
    std::string body;
    for (int i = 0; i < MultipartParser::kMostParts; ++i) body += part(kA, "");
    EXPECT_NE(parse(body + "--XX--", 0), "400");
    EXPECT_EQ(parse(body + part(kA, "") + "--XX--", 0), "400");
}

TEST(Multipart, Boundaries) {
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
    EXPECT_EQ(multipart_boundary("multipart/form-data; charset=x; Boundary=\"a b:c\""), "a b:c");
    EXPECT_EQ(multipart_boundary("multipart/form-data"), std::nullopt);
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary="), std::nullopt);
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=\"a \""), std::nullopt);
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=\"a\\\"b\""), std::nullopt);
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'x')),
              std::nullopt);
}

}  // namespace
}  // namespace http
