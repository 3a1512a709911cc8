CREATE TABLE orders (
  id BIGINT,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'kafka',
  'topic' = 'orders'
);
INSERT INTO lake.sales.orders SELECT * FROM orders;
