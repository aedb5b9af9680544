// The fetcher as one would write it in Go: net/http, and aws-sdk-go-v2 for the table.
//
// A Lambda custom runtime. It takes SQS events from the Runtime API, fetches every URL of an event, hashes what came,
// and writes one record a URL by BatchWriteItem, 25 to a call, while others are still being fetched. The records have
// the attributes that Fetchline's have. It has no guard, no retries and no deadlines: those are not asked of it.
package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

const (
	batchItems = 25
	writes     = 8
)

type event struct {
	Records []struct {
		MessageID  string `json:"messageId"`
		Body       string `json:"body"`
		Attributes struct {
			SentTimestamp string
		} `json:"attributes"`
	}
}

type message struct {
	BatchID string   `json:"batchId"`
	URLs    []string `json:"urls"`
}

type item struct {
	url, batchID, messageID, requestedAt string
}

type fetcher struct {
	client       *http.Client
	table        *dynamodb.Client
	tableName    string
	userAgent    string
	inFlight     int
	expiresAfter time.Duration
}

func main() {
	f := fetcher{
		client:       newClient(),
		tableName:    os.Getenv("RESULTS_TABLE"),
		userAgent:    os.Getenv("FETCH_USER_AGENT"),
		inFlight:     number("FETCH_IN_FLIGHT_MAX"),
		expiresAfter: time.Duration(number("FETCH_RESULT_TTL_DAYS")) * 24 * time.Hour,
	}
	settings, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	f.table = dynamodb.NewFromConfig(settings)
	invocations := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	for {
		if err := f.serve(invocations); err != nil {
			log.Fatal(err)
		}
	}
}

func number(name string) int {
	value, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		log.Fatalf("%s: %v", name, err)
	}
	return value
}

func newClient() *http.Client {
	inFlight := number("FETCH_IN_FLIGHT_MAX")
	perHost := number("FETCH_IN_FLIGHT_PER_HOST_MAX")
	return &http.Client{
		Timeout: 20 * time.Second,
		Transport: &http.Transport{
			DialContext:         dialer(),
			TLSClientConfig:     &tls.Config{RootCAs: roots()},
			MaxIdleConns:        inFlight,
			MaxIdleConnsPerHost: perHost,
			MaxConnsPerHost:     perHost,
			IdleConnTimeout:     90 * time.Second,
		},
	}
}

// dialer takes names from FETCH_RESOLVE where it has any, and asks nobody.
func dialer() func(ctx context.Context, network, address string) (net.Conn, error) {
	dial := (&net.Dialer{Timeout: 5 * time.Second}).DialContext
	names := map[string]string{}
	for _, entry := range strings.Fields(os.Getenv("FETCH_RESOLVE")) {
		name, address, _ := strings.Cut(entry, "=")
		names[name] = address
	}
	if len(names) == 0 {
		return dial
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		fixed, found := names[host]
		if !found {
			return nil, errors.New("no address for " + host)
		}
		return dial(ctx, network, net.JoinHostPort(fixed, port))
	}
}

// roots are the system's own authorities, and one more.
func roots() *x509.CertPool {
	pool, err := x509.SystemCertPool()
	if err != nil {
		log.Fatal(err)
	}
	if file := os.Getenv("FETCH_EXTRA_CA_FILE"); file != "" {
		pem, err := os.ReadFile(file)
		if err != nil {
			log.Fatal(err)
		}
		pool.AppendCertsFromPEM(pem)
	}
	return pool
}

func (f *fetcher) serve(invocations string) error {
	response, err := http.Get(invocations + "next")
	if err != nil {
		return err
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil {
		return err
	}
	items, err := itemsOf(body)
	if err != nil {
		return err
	}
	if err := f.handle(items); err != nil {
		return err
	}
	requestID := response.Header.Get("Lambda-Runtime-Aws-Request-Id")
	answer, err := http.Post(invocations+requestID+"/response", "application/json",
		strings.NewReader(`{"batchItemFailures":[]}`))
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
	return err
}

func itemsOf(body []byte) ([]item, error) {
	var all event
	if err := json.Unmarshal(body, &all); err != nil {
		return nil, err
	}
	var items []item
	for _, record := range all.Records {
		var its message
		if err := json.Unmarshal([]byte(record.Body), &its); err != nil {
			return nil, err
		}
		for _, url := range its.URLs {
			items = append(items, item{url, its.BatchID, record.MessageID, record.Attributes.SentTimestamp})
		}
	}
	return items, nil
}

// handle fetches all items by a fixed number of workers, and writes what they bring in batches.
func (f *fetcher) handle(items []item) error {
	var failed firstError
	queue := make(chan item)
	records := make(chan types.WriteRequest, batchItems*writes)
	var fetching sync.WaitGroup
	for range min(f.inFlight, len(items)) {
		fetching.Go(func() {
			for each := range queue {
				record, err := f.fetch(each)
				if err != nil {
					failed.set(err)
					continue
				}
				records <- types.WriteRequest{PutRequest: &types.PutRequest{Item: record}}
			}
		})
	}
	var writing sync.WaitGroup
	writing.Go(func() { f.writeAll(records, &failed) })
	for _, each := range items {
		queue <- each
	}
	close(queue)
	fetching.Wait()
	close(records)
	writing.Wait()
	return failed.get()
}

func (f *fetcher) fetch(its item) (map[string]types.AttributeValue, error) {
	started := time.Now()
	request, err := http.NewRequest(http.MethodGet, its.url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", f.userAgent)
	request.Header.Set("Accept", "*/*")
	response, err := f.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := readAll(response)
	if err != nil {
		return nil, err
	}
	return f.record(its, response, body, time.Since(started)), nil
}

// readAll makes room for the whole body at once where its length is known.
func readAll(response *http.Response) ([]byte, error) {
	if response.ContentLength < 0 {
		return io.ReadAll(response.Body)
	}
	body := make([]byte, response.ContentLength)
	_, err := io.ReadFull(response.Body, body)
	return body, err
}

func (f *fetcher) record(its item, response *http.Response, body []byte, took time.Duration) map[string]types.AttributeValue {
	now := time.Now().UTC()
	sum := sha256.Sum256(body)
	kind := response.Header.Get("Content-Type")
	_, charset, found := strings.Cut(kind, "charset=")
	if !found {
		charset = "utf-8"
	}
	status := "OK"
	if response.StatusCode >= 300 {
		status = "HTTP_ERROR"
	}
	headers := make(map[string]types.AttributeValue, len(response.Header))
	for name, values := range response.Header {
		headers[strings.ToLower(name)] = text(strings.Join(values, ", "))
	}
	return map[string]types.AttributeValue{
		"batchId":     text(its.batchID),
		"url":         text(its.url),
		"status":      text(status),
		"submitted":   text(its.url),
		"requestedAt": &types.AttributeValueMemberN{Value: its.requestedAt},
		"hop":         digits(0),
		"messageId":   text(its.messageID),
		"expiresAt":   digits(now.Add(f.expiresAfter).Unix()),
		"request":     &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{"method": text("GET")}},
		"httpStatus":  digits(int64(response.StatusCode)),
		"finalUrl":    text(response.Request.URL.String()),
		"redirects":   digits(0),
		"contentType": text(kind),
		"headers":     &types.AttributeValueMemberM{Value: headers},
		"charset":     text(charset),
		"bodyBytes":   digits(int64(len(body))),
		"bodySha256":  text(hex.EncodeToString(sum[:])),
		"bodyStored":  text("OFF"),
		"fetchedAt":   text(now.Format(time.RFC3339Nano)),
		"durationMs":  digits(took.Milliseconds()),
		"attempts":    digits(1),
	}
}

func text(value string) types.AttributeValue {
	return &types.AttributeValueMemberS{Value: value}
}

func digits(value int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(value, 10)}
}

// writeAll writes each full batch beside others until no more records come, then what is left.
func (f *fetcher) writeAll(records <-chan types.WriteRequest, failed *firstError) {
	var writing sync.WaitGroup
	places := make(chan struct{}, writes)
	send := func(batch []types.WriteRequest) {
		places <- struct{}{}
		writing.Go(func() {
			defer func() { <-places }()
			failed.set(f.write(batch))
		})
	}
	batch := make([]types.WriteRequest, 0, batchItems)
	for record := range records {
		batch = append(batch, record)
		if len(batch) == batchItems {
			send(batch)
			batch = make([]types.WriteRequest, 0, batchItems)
		}
	}
	if len(batch) > 0 {
		send(batch)
	}
	writing.Wait()
}

func (f *fetcher) write(batch []types.WriteRequest) error {
	wait := 50 * time.Millisecond
	for {
		answer, err := f.table.BatchWriteItem(context.Background(), &dynamodb.BatchWriteItemInput{
			RequestItems: map[string][]types.WriteRequest{f.tableName: batch},
		})
		if err != nil {
			return err
		}
		batch = answer.UnprocessedItems[f.tableName]
		if len(batch) == 0 {
			return nil
		}
		time.Sleep(wait)
		wait = min(2*wait, 2*time.Second)
	}
}

type firstError struct {
	lock sync.Mutex
	err  error
}

func (first *firstError) set(err error) {
	first.lock.Lock()
	defer first.lock.Unlock()
	if first.err == nil {
		first.err = err
	}
}

func (first *firstError) get() error {
	first.lock.Lock()
	defer first.lock.Unlock()
	return first.err
}
