#include "store/blobs/s3_text.h"

#include <gtest/gtest.h>

namespace store {
namespace {

TEST(S3Text, Lists) {
    const auto list = parse_s3_list(
        "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\"><Name>b</Name><IsTruncated>true"
        "</IsTruncated><Contents><Key>a/b&amp;c</Key><LastModified>2009-10-12T17:50:30.125Z"
        "</LastModified><Size>434234</Size></Contents><Contents><Key>d</Key><LastModified>"
        "1970-01-01T00:00:01.000Z</LastModified><Size>0</Size></Contents>"
        "<NextContinuationToken>1u&#43;e/Q==</NextContinuationToken></ListBucketResult>");
    ASSERT_TRUE(list.ok());
    ASSERT_EQ(list->objects.size(), 2u);
    EXPECT_EQ(list->objects[0].key, "a/b&c");
    EXPECT_EQ(list->objects[0].bytes, 434234);
    EXPECT_EQ(list->objects[0].modified_ms, 1255369830125);
    EXPECT_EQ(list->objects[1].modified_ms, 1000);
    EXPECT_EQ(list->next, "1u+e/Q==");
}

TEST(S3Text, ForeignTextIsRefused) {
    for (const char* wrong :
         {"", "<html>", "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
          "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"}) {
        EXPECT_FALSE(parse_s3_list(wrong).ok()) << wrong;
    }
    EXPECT_TRUE(parse_s3_list("<ListBucketResult/>")->objects.empty());
    EXPECT_EQ(s3_complaint("<Error><Code>AccessDenied</Code><Message>no</Message></Error>"),
              "AccessDenied: no");
    EXPECT_EQ(s3_complaint("<html>"), "");
}

TEST(S3Text, ListsOfUploads) {
    const auto list = parse_s3_uploads(
        "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>k</"
        "NextKeyMarker>"
        "<NextUploadIdMarker>i</NextUploadIdMarker><Upload><Key>a&amp;b</Key><UploadId>x</UploadId>"
        "<Initiated>1970-01-01T00:00:01.000Z</Initiated></Upload></ListMultipartUploadsResult>");
    ASSERT_TRUE(list.ok());
    ASSERT_EQ(list->uploads.size(), 1u);
    EXPECT_EQ(list->uploads[0].key, "a&b");
    EXPECT_EQ(list->uploads[0].id, "x");
    EXPECT_EQ(list->uploads[0].begun_ms, 1000);
    EXPECT_EQ(list->next_key + list->next_id, "ki");
    for (const char* wrong :
         {"", "<html>",
          "<ListMultipartUploadsResult><Upload><Key>a</Key></Upload></ListMultipartUploadsResult>",
          "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>"
          "</ListMultipartUploadsResult>"}) {
        EXPECT_FALSE(parse_s3_uploads(wrong).ok()) << wrong;
    }
}

TEST(S3Text, Times) {
    EXPECT_EQ(parse_s3_time("Mon, 12 Oct 2009 17:50:30 GMT"), 1255369830000);
    EXPECT_EQ(parse_s3_time("2009-10-12T17:50:30Z"), 1255369830000);
    EXPECT_FALSE(parse_s3_time("yesterday").has_value());
}

}  // namespace
}  // namespace store
