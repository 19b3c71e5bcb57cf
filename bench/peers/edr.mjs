// The Governor on EDR, the EVM that development networks run in their own process: signed raw transactions, and unsigned ones in blocks of a hundred.
import { createRequire } from 'node:module';
import { getCreateAddress } from 'ethers';
import { founding, hexOf, signedBallot } from './governor.mjs';

const { EdrContext, ContractDecoder, L1_CHAIN_TYPE, l1GenesisState, l1HardforkFromString, l1ProviderFactory } = createRequire(import.meta.url)(
  '@nomicfoundation/edr',
);

/** Ballots that one block takes. */
const blockSize = 100;
const plenty = 10n ** 24n;

// EDR wants one context in a process.
const context = new EdrContext();
const registered = context.registerProviderFactory(L1_CHAIN_TYPE, l1ProviderFactory());

async function provider(accounts) {
  await registered;
  const genesisState = [
    ...l1GenesisState(l1HardforkFromString('Cancun')),
    ...accounts.map((voter) => ({ address: Buffer.from(voter.address.slice(2), 'hex'), balance: plenty })),
  ];
  return context.createProvider(
    L1_CHAIN_TYPE,
    {
      allowBlocksWithSameTimestamp: true,
      allowUnlimitedContractSize: false,
      bailOnCallFailure: true,
      bailOnTransactionFailure: true,
      chainId: 31_337n,
      coinbase: Buffer.alloc(20, 1),
      defaultTransactionGasLimit: 16_000_000n,
      genesisState,
      hardfork: 'Cancun',
      initialBaseFeePerGas: 1n,
      minGasPrice: 0n,
      mining: { autoMine: false, blockGasLimit: 60_000_000n, memPool: { order: 'Fifo' } },
      network: { genesisBlockGasLimit: 60_000_000n },
      networkId: 31_337n,
      observability: {},
      ownedAccounts: accounts.slice(0, 1).map((voter) => voter.privateKey),
      precompileOverrides: [],
      transactionGasCap: false,
    },
    { enable: false, decodeConsoleLogInputsCallback: () => [], printLineCallback: () => undefined },
    { subscriptionCallback: () => undefined },
    new ContractDecoder(),
  );
}

async function ask(chain, method, ...params) {
  const { data } = await chain.handleRequest(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  const answer = typeof data === 'string' ? JSON.parse(data) : data;
  if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
}

/** Founds the house on a chain of its own. `signed` and `unsigned` cast all ballots and say how many the contract has counted. */
export async function onEdr(contracts, voters) {
  const [founder] = voters;
  const chain = await provider(voters);
  const seatAddress = getCreateAddress({ from: founder.address, nonce: 0 });
  const houseAddress = getCreateAddress({ from: founder.address, nonce: 1 });
  const parts = founding(contracts, seatAddress, voters);
  const send = async (transaction) => {
    await ask(chain, 'eth_sendTransaction', { from: founder.address, gas: '0xf42400', gasPrice: hexOf(10_000_000_000n), ...transaction });
    await ask(chain, 'evm_mine');
  };
  await send({ data: parts.deploySeat });
  await send({ data: parts.deployHouse });
  for (const data of parts.enrolments) await send({ to: seatAddress, data });
  await send({ to: houseAddress, data: parts.propose });
  await ask(chain, 'evm_mine');
  await ask(chain, 'evm_mine');
  const nonce = Number(await ask(chain, 'eth_getTransactionCount', founder.address));
  const count = async () => Number(parts.counted(await ask(chain, 'eth_call', { to: houseAddress, data: parts.askCount })));
  const raw = await Promise.all(voters.map((voter, index) => signedBallot(voter, { to: houseAddress, data: parts.ballot, nonce: index === 0 ? nonce : 0 })));
  return {
    count,
    prepare: async () => {
      for (const voter of voters.slice(1)) await ask(chain, 'hardhat_impersonateAccount', voter.address);
    },
    signed: async () => {
      for (const [index, transaction] of raw.entries()) {
        await ask(chain, 'eth_sendRawTransaction', transaction);
        if (index % blockSize === blockSize - 1 || index === raw.length - 1) await ask(chain, 'evm_mine');
      }
    },
    unsigned: async () => {
      for (const [index, voter] of voters.entries()) {
        await ask(chain, 'eth_sendTransaction', {
          from: voter.address,
          to: houseAddress,
          data: parts.ballot,
          gas: '0x30d40',
          gasPrice: hexOf(10_000_000_000n),
        });
        if (index % blockSize === blockSize - 1 || index === voters.length - 1) await ask(chain, 'evm_mine');
      }
    },
  };
}
